// What one would write with Node: `ws` and `kafkajs`, a message parsed, produced with acks=all, acknowledged. As bare as the
// reference in Java: no identity, no rules, no numbers in the log, no bound on anything.
// Arguments: bootstrap servers, topic. Prints where it listens; ends with its standard input.
import { Kafka, Partitioners, logLevel } from 'kafkajs';
import { WebSocketServer } from 'ws';

const [bootstrap, topic] = process.argv.slice(2);
const kafka = new Kafka({ brokers: [bootstrap], logLevel: logLevel.ERROR });
const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
await producer.connect();

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, path: '/ingest', perMessageDeflate: false });
server.on('connection', (socket, request) => {
  const key = `${request.socket.remoteAddress}:${request.socket.remotePort}`;
  let durable = 0;
  socket.on('message', async (data) => {
    JSON.parse(data);
    try {
      await producer.send({ topic, acks: -1, messages: [{ key, value: data }] });
      durable++;
      socket.send(`{"ack":${durable}}`);
    } catch (failure) {
      console.error(failure);
      socket.close(1011);
    }
  });
});
server.on('listening', () => console.log(`sluice-ready 127.0.0.1:${server.address().port}`));
process.stdin.on('end', () => process.exit(0)).resume();
