/** How the person who started Backstage names a cluster. */
export function NameClusterAdvice() {
  return (
    <>
      Restart Backstage with a context of your kubeconfig,{' '}
      <code>npm start -- --cluster &lt;context&gt;</code>, or list clusters in
      the <code>kubernetes</code> section of app-config.yaml.
    </>
  );
}
