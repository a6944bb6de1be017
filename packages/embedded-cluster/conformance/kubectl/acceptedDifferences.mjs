/**
 * What the embedded cluster prints differently on purpose: what is taken out of
 * both outputs, and why it may differ.
 */
export const acceptedDifferences = [
  {
    reason: 'The embedded cluster says in its version what it is.',
    pattern: /v1\.36\.3\+embedded/g,
    replacement: 'v1.36.3',
  },
  {
    reason: 'Kinds that the embedded cluster does not have are not listed.',
    command: /^api-(resources|versions)/,
    pattern:
      /^(bindings|componentstatuses|persistentvolumes|podtemplates|controllerrevisions|scaledjobs) .*\n|^(autoscaling\/v1|\w+\.example\.com\/v1|(certificates|events|node|resource|scheduling|storage|flowcontrol\.apiserver)\.k8s\.io\/v1|eventing\.keda\.sh\/v1alpha1|monitoring\.coreos\.com\/v1alpha1)\n/gm,
    replacement: '',
  },
  {
    reason: 'Nor are rights to them, nor to what only old clusters had.',
    command: /^(describe clusterrole|auth can-i --list)/,
    pattern:
      /^ *(\S+\.(extensions|resource\.k8s\.io|events\.k8s\.io)(\/\w+)?|controllerrevisions\.apps) .*\n|^ +\[\/(\.well-known|openid)\/.*\n/gm,
    replacement: '',
  },
  {
    reason: 'There is one kind of Event, so its short name has one meaning.',
    pattern: /^Warning: short name "ev" could also match .*\n/m,
    replacement: '',
  },
  {
    reason:
      'A process has the user who started the cluster, and what it was granted never changes.',
    command: /^get pod /,
    pattern:
      /^ +user:\n +linux:\n +gid: 0\n +supplementalGroups:\n +- 0\n +uid: \S+\n|^ +allocatedResources:\n( +(cpu|memory): .*\n)+|^ {2,4}resources:( \{\}\n|\n( +(limits|requests):\n( +(cpu|memory): .*\n)+)+)(?= +(restartCount|started|startTime|volumeMounts))/gm,
    replacement: '',
  },
  {
    reason: 'Whether an image is there already differs from node to node.',
    command: /^describe (pod|job)/,
    pattern:
      /^ +Normal +Pulling .*\n|(?<=main\}: )(Container image "[^"]+" already present.*|Successfully pulled image .*)/gm,
    replacement: '',
  },
  {
    reason: 'The sentence about the certificate is its own.',
    command: /^describe configmap/,
    pattern: /(kubernetes.io\/description:)\s+.*\n/,
    replacement: '$1\n',
  },
  {
    reason:
      'How Go prints the difference of two pods is not repeated, only the sentence before it.',
    command: /^patch pod/,
    pattern: /\n@@ [\s\S]*/,
    replacement: '\n',
  },
  {
    reason: 'Quotas are refused with a sentence, rather than not enforced.',
    command: /^create quota/,
    pattern: /[\s\S]+/,
    replacement: '',
    anyExit: true,
  },
];
