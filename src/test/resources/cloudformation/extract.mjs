// Writes specification.json: the resource types that the templates in aws/ use, out of @aws-cdk/aws-service-spec.
// README.md beside it tells how to run it.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const templates = join(here, "../../../../aws");
const need = createRequire(join(process.cwd(), "package.json"));
const { loadAwsServiceSpec } = need("@aws-cdk/aws-service-spec");
const { version, license } = need("@aws-cdk/aws-service-spec/package.json");

const wanted = new Set();
for (const file of readdirSync(templates).filter((name) => name.endsWith(".yaml"))) {
  for (const [, type] of readFileSync(join(templates, file), "utf8").matchAll(/^ {4}Type: (AWS::\S+)$/gm)) {
    wanted.add(type);
  }
}

const database = await loadAwsServiceSpec();
const resources = {};
const types = {};

// A type is text, such as "string", or an object with one of: enum, array, map, ref, union.
function shape(type, resource) {
  switch (type.type) {
    case "string":
    case "integer":
      return type.allowedValues ? { enum: type.allowedValues } : type.type;
    case "array":
      return { array: shape(type.element, resource) };
    case "map":
      return { map: shape(type.element, resource) };
    case "union":
      return { union: type.types.map((one) => shape(one, resource)) };
    case "ref": {
      const definition = database.get("typeDefinition", type.reference);
      const name = `${resource}.${definition.name}`;
      if (!(name in types)) {
        types[name] = {};
        Object.assign(types[name], properties(definition.properties, resource));
      }
      return { ref: name };
    }
    default:
      return type.type;
  }
}

function properties(all, resource) {
  const result = {};
  for (const name of Object.keys(all).sort()) {
    result[name] = { type: shape(all[name].type, resource) };
    if (all[name].required) {
      result[name].required = true;
    }
  }
  return result;
}

for (const name of [...wanted].sort()) {
  const resource = database.lookup("resource", "cloudFormationType", "equals", name).only();
  const attributes = {};
  for (const attribute of Object.keys(resource.attributes).sort()) {
    attributes[attribute] = shape(resource.attributes[attribute].type, name);
  }
  resources[name] = { properties: properties(resource.properties, name), attributes };
}

// One line for each property, so that a newer version shows what has changed.
function text(definitions, indent) {
  return Object.keys(definitions)
    .sort()
    .map((name) => `${indent}${JSON.stringify(name)}: ${JSON.stringify(definitions[name])}`)
    .join(",\n");
}
function block(name, inner, indent) {
  return `${indent}${JSON.stringify(name)}: {\n${inner}\n${indent}}`;
}
const blocks = Object.keys(resources).map((name) =>
  block(
    name,
    [
      block("properties", text(resources[name].properties, "        "), "      "),
      block("attributes", text(resources[name].attributes, "        "), "      "),
    ].join(",\n"),
    "    ",
  ),
);
const definitions = Object.keys(types)
  .sort()
  .map((name) => block(name, text(types[name], "      "), "    "));
writeFileSync(
  join(here, "specification.json"),
  `{
  "origin": ${JSON.stringify(`@aws-cdk/aws-service-spec ${version}, ${license}`)},
${block("resources", blocks.join(",\n"), "  ")},
${block("types", definitions.join(",\n"), "  ")}
}
`,
);
console.log(`${Object.keys(resources).length} resource types, ${Object.keys(types).length} types within them`);
