// A real iroh endpoint on 127.0.0.1, without relay and without discovery, that speaks holdfast/ping/1 and nothing else.
//
//   node iroh-peer.cjs answer            echoes one stream of each connection, until standard input ends
//   node iroh-peer.cjs ask TICKET TEXT   dials a ticket, sends the text, says what came back
//
// Each event is one line of JSON on standard output.
'use strict'
const iroh = require('@number0/iroh')

const PROTOCOL = Array.from(Buffer.from('holdfast/ping/1'))
const BYTES_MAX = 1024

const say = (event) => process.stdout.write(JSON.stringify(event) + '\n')
const hex = (bytes) => Buffer.from(bytes).toString('hex')
const bytes = (text) => Array.from(Buffer.from(text))

async function bind () {
  const builder = iroh.Endpoint.builder()
  iroh.presetMinimal(builder)
  builder.relayMode(iroh.RelayMode.disabled())
  builder.bindAddr('127.0.0.1:0')
  builder.alpns([PROTOCOL])
  return builder.bind()
}

async function echo (incoming) {
  const connection = await (await incoming.accept()).connect()
  say({ accepted: hex(connection.remoteId().toBytes()), alpn: Buffer.from(connection.alpn()).toString() })
  const stream = await connection.acceptBi()
  await stream.send.writeAll(await stream.recv.readToEnd(BYTES_MAX))
  await stream.send.finish()
  say({ closed: await connection.closed() })
}

async function answer () {
  const endpoint = await bind()
  const address = endpoint.boundSockets()[0]
  const ticket = iroh.EndpointTicket.fromAddr(new iroh.EndpointAddr(endpoint.id(), null, [address]))
  process.stdin.on('end', () => process.exit(0)).resume()
  say({ ready: true, id: hex(endpoint.id().toBytes()), address, ticket: ticket.toString() })
  for (let incoming = await endpoint.acceptNext(); incoming; incoming = await endpoint.acceptNext()) {
    echo(incoming).catch((e) => say({ failed: e.message }))
  }
}

async function ask (ticket, text) {
  const endpoint = await bind()
  const connection = await endpoint.connect(iroh.EndpointTicket.fromString(ticket).endpointAddr(), PROTOCOL)
  const stream = await connection.openBi()
  await stream.send.writeAll(bytes(text))
  await stream.send.finish()
  const answer = Buffer.from(await stream.recv.readToEnd(BYTES_MAX)).toString()
  say({ answer, peer: hex(connection.remoteId().toBytes()), self: hex(endpoint.id().toBytes()) })
  connection.close(0n, bytes('done'))
  await endpoint.close()
}

const [, , command, ...rest] = process.argv
const run = { answer, ask }[command]
if (!run) {
  say({ error: 'usage: iroh-peer.cjs answer | ask TICKET TEXT' })
  process.exit(2)
}
run(...rest).catch((e) => {
  say({ error: e.message })
  process.exit(1)
})
