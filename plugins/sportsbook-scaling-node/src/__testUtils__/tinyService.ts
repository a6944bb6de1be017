/** What a generated service is to its cluster, in one file: probes, metrics, and the route that is counted. */
export const TINY_SERVICE = `
  const { createServer } = require('node:http');
  let requests = 0;
  createServer((request, response) => {
    if (request.url === '/api') {
      requests += 1;
      response.end('{}');
    } else if (request.url === '/metrics') {
      response.setHeader('Content-Type', 'text/plain; version=0.0.4');
      response.end(
        '# TYPE http_server_requests_seconds histogram\\n' +
          'http_server_requests_seconds_bucket{le="+Inf",method="GET",status="200",uri="/api"} ' + requests + '\\n' +
          'http_server_requests_seconds_sum{method="GET",status="200",uri="/api"} 0\\n' +
          'http_server_requests_seconds_count{method="GET",status="200",uri="/api"} ' + requests + '\\n',
      );
    } else {
      response.end('ok');
    }
  }).listen(8080, () => console.log('listening as ' + process.env.POD_NAME));
  process.on('SIGTERM', () => process.exit(0));
`;
