// The real engine of Stronghold (identity.rs 0.6, which writes version 2), for Holdfast's tests.
//
//   node stronghold-engine.cjs create FILE PASSWORD          an identity with a key; says its DID, path and public key
//   node stronghold-engine.cjs list FILE PASSWORD            the DIDs it finds
//   node stronghold-engine.cjs use FILE PASSWORD DID PATH    signs "holdfast" with a key, then writes the file again
//
// Answers with one line of JSON on standard output.
'use strict'
const { DID, KeyLocation, KeyType } = require('@iota/identity-wasm/node')
const { Stronghold } = require('@iota/identity-stronghold-nodejs')

const say = (event) => process.stdout.write(JSON.stringify(event) + '\n')
const hex = (bytes) => Buffer.from(bytes).toString('hex')

async function create (file, password) {
  const stronghold = await Stronghold.build(file, password, true)
  const [did, location] = await stronghold.didCreate('main', 'sign-0')
  const publicKey = hex(await stronghold.keyPublic(did, location))
  await stronghold.flushChanges()
  say({ did: did.toString(), location: location.toJSON(), path: location.toString(), publicKey })
}

async function list (file, password) {
  const stronghold = await Stronghold.build(file, password, false)
  say({ dids: (await stronghold.didList()).map((did) => did.toString()) })
}

async function use (file, password, name, location) {
  const stronghold = await Stronghold.build(file, password, true)
  const did = DID.parse(name)
  const key = KeyLocation.fromJSON(JSON.parse(location))
  const publicKey = hex(await stronghold.keyPublic(did, key))
  const signature = await stronghold.keySign(did, key, Buffer.from('holdfast'))
  const made = await stronghold.keyGenerate(did, KeyType.Ed25519, 'again')
  await stronghold.flushChanges()
  say({ publicKey, signature: hex(signature.asBytes()), made: made.toString() })
}

const [, , command, ...rest] = process.argv
const run = { create, list, use }[command]
if (!run) {
  say({ error: 'usage: stronghold-engine.cjs create | list | use FILE PASSWORD ...' })
  process.exit(2)
}
run(...rest).then(() => process.exit(0), (e) => {
  say({ error: String(e.message || e) })
  process.exit(1)
})
