// node verify.cjs PEERS TRUSTED_ROOT BUNDLE [ARTIFACT]: prints the signer when npm's @sigstore/verify accepts the bundle.
const fs = require('fs');
const [peers, root, bundle, artifact] = process.argv.slice(2);
const load = (name) => require(require.resolve(name, { paths: [peers] }));
const { Verifier, toSignedEntity, toTrustMaterial } = load('@sigstore/verify');
const { TrustedRoot } = load('@sigstore/protobuf-specs');
const { bundleFromJSON } = load('@sigstore/bundle');
const read = (file) => JSON.parse(fs.readFileSync(file));
const trust = toTrustMaterial(TrustedRoot.fromJSON(read(root)));
const entity = toSignedEntity(bundleFromJSON(read(bundle)), artifact && fs.readFileSync(artifact));
console.log(new Verifier(trust).verify(entity).identity.subjectAlternativeName);
