// The operations of a file applied to a document of yjs, as the updates of another document bring them.
//
// Arguments: the file, a line for each operation: the number of a tag, the id of an entry in 32 hexadecimal digits;
// the file to write the updates to; operations for each update. Then a line comes for each round that is asked for on
// standard input: the seconds that applying all updates to a new document took, how many tags are on entries, and the
// processor time of each operation in microseconds.
'use strict';
const fs = require('node:fs');
const readline = require('node:readline');
const Y = require('yjs');

const [file, written, perUpdate] = process.argv.slice(2);
const operations = fs.readFileSync(file, 'utf8').trim().split('\n').map((line) => {
    const [tag, entry] = line.split(' ');
    // the shortest text that says 16 bytes
    return {tag, entry: Buffer.from(entry, 'hex').toString('base64url')};
});

// A map for each tag within a map of tags, so that a tag's id is not repeated with every entry.
function write() {
    const doc = new Y.Doc();
    const updates = [];
    const tags = doc.getMap('tags');
    doc.transact(() => new Set(operations.map(({tag}) => tag)).forEach((tag) => tags.set(tag, new Y.Map())));
    const before = Y.encodeStateAsUpdate(doc);
    doc.on('update', (update) => updates.push(update));
    for (let i = 0; i < operations.length; i += Number(perUpdate)) {
        doc.transact(() => operations.slice(i, i + Number(perUpdate))
            .forEach(({tag, entry}) => tags.get(tag).set(entry, 1)));
    }
    return {before, updates};
}

const {before, updates} = write();
const lengths = updates.map((update) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(update.length);
    return Buffer.concat([length, update]);
});
fs.writeFileSync(written, Buffer.concat(lengths));

function round() {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, before);
    const cpu = process.cpuUsage();
    const began = process.hrtime.bigint();
    updates.forEach((update) => Y.applyUpdate(doc, update));
    const nanos = Number(process.hrtime.bigint() - began);
    const {user, system} = process.cpuUsage(cpu);
    let pairs = 0;
    doc.getMap('tags').forEach((entries) => { pairs += entries.size; });
    return `${nanos / 1e9} ${pairs} ${(user + system) / operations.length}`;
}

readline.createInterface({input: process.stdin}).on('line', () => console.log(round()));
