// SPDX-License-Identifier: Apache-2.0
//
// The Node.js side of the three-way test: does what the lines on its standard input say, and answers each with one line.
//
//   in    <number> TAB <command> TAB <argument> ...
//   out   <number> TAB <answer>
//
// Started with the directory that holds node_modules. Everything else, the client's log included, goes to standard error.
'use strict';

const path = require('path');
const readline = require('readline');
const util = require('util');
const {createRequire} = require('module');

const fromModules = createRequire(path.join(path.resolve(process.argv[process.argv.length - 1]), 'peer.js'));
const hazelcast = fromModules('hazelcast-client');
const {cases, serialization} = require(path.join(__dirname, 'cases.js'))(hazelcast, fromModules('long'));

/** One client per way of writing a number: the choice belongs to a client, not to a value. */
const clients = new Map();
let cluster;

const logger = {
    log(level, target, message, error) {
        console.error(level, target, message, error || '');
    },
    error: (...rest) => logger.log('ERROR', ...rest),
    warn: (...rest) => logger.log('WARN', ...rest),
    info: (...rest) => logger.log('INFO', ...rest),
    debug() {},
    trace() {},
};

async function client(numberType) {
    if (!clients.has(numberType)) {
        clients.set(numberType, hazelcast.Client.newHazelcastClient({
            clusterName: cluster.name,
            network: {clusterMembers: cluster.addresses},
            connectionStrategy: {connectionRetry: {clusterConnectTimeoutMillis: 20000}},
            serialization: {...serialization(), isBigEndian: cluster.isBigEndian, defaultNumberType: numberType},
            customLogger: logger,
        }));
    }
    return clients.get(numberType);
}

function find(name) {
    const found = cases[name];
    if (found === undefined) {
        throw new Error(`no case is called ${name}`);
    }
    return found;
}

/** The map as seen by the client that writes numbers as the case wants them. */
async function mapFor(found, name) {
    return (await client(found.numbers || 'double')).getMap(name);
}

function show(value) {
    return util.inspect(value, {depth: 10, breakLength: Infinity, maxArrayLength: 50, maxStringLength: 200});
}

function compare(expected, actual) {
    return util.isDeepStrictEqual(actual, expected) ? 'ok' : `different: expected ${show(expected)} got ${show(actual)}`;
}

const commands = {
    async known() {
        return Object.keys(cases).join(' ');
    },
    async written() {
        return Object.keys(cases).filter((name) => 'write' in cases[name]).join(' ');
    },
    async connect(order, name, ...addresses) {
        cluster = {name, addresses, isBigEndian: order === 'BIG_ENDIAN'};
        // Without the definition of portable objects that lack nothing, none can be written that lack nested ones.
        await commands.put('interop-definitions', 'portable');
        return 'ok';
    },
    /** Stores the value of the case under its name. */
    async put(mapName, caseName) {
        const found = find(caseName);
        await (await mapFor(found, mapName)).set(caseName, found.write);
        return 'ok';
    },
    /** Compares what is stored under the name of the case with its value. */
    async check(mapName, caseName) {
        const found = find(caseName);
        const map = await mapFor(found, mapName);
        return compare('read' in found ? found.read : found.write, await map.get(caseName));
    },
    /** Stores the name of the case with its value as the key. */
    async putKey(mapName, caseName) {
        const found = find(caseName);
        await (await mapFor(found, mapName)).set(found.write, caseName);
        return 'ok';
    },
    /** Looks the value of the case up as a key: found only if all its bytes are the writer's. */
    async checkKey(mapName, caseName) {
        const found = find(caseName);
        return compare(caseName, await (await mapFor(found, mapName)).get(found.write));
    },
    async exit() {
        await Promise.all([...clients.values()].map(async (each) => (await each).shutdown()));
        return 'ok';
    },
};

console.error(`Node.js ${process.version}`);

let last = Promise.resolve();

async function obey(line) {
    const [number, command, ...rest] = line.split('\t');
    let answer;
    try {
        answer = await commands[command](...rest);
    } catch (e) {
        answer = `error: ${e && e.stack || e}`;
    }
    process.stdout.write(`${number}\t${answer.replaceAll('\n', ' | ').replaceAll('\t', ' ')}\n`);
    if (command === 'exit') {
        process.exit(0);
    }
}

readline.createInterface({input: process.stdin})
    .on('line', (line) => {
        last = last.then(() => obey(line));
    })
    .on('close', () => last.then(() => process.exit(0)));
