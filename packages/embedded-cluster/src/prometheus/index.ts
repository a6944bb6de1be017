export {
  prometheusProgram,
  type PrometheusProgramOptions,
} from './prometheusProgram';
