export { createKubelet, type KubeletOptions } from './createKubelet';
export { endLeftoverProcesses } from './processes/ProcessRecords';
