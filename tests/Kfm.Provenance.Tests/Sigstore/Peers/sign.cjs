// node sign.cjs PEERS URL REKOR_URL REKOR_VERSION TOKEN FILE [PAYLOAD_TYPE]: prints the bundle that npm's @sigstore/sign makes.
const fs = require('fs');
const [peers, url, rekor, version, token, file, payloadType] = process.argv.slice(2);
const { DSSEBundleBuilder, FulcioSigner, MessageSignatureBundleBuilder, RekorWitness, TSAWitness } = require(require.resolve('@sigstore/sign', { paths: [peers] }));
const { bundleToJSON } = require(require.resolve('@sigstore/bundle', { paths: [peers] }));
const options = {
  signer: new FulcioSigner({ fulcioBaseURL: url, identityProvider: { getToken: async () => token } }),
  witnesses: [
    new RekorWitness({ rekorBaseURL: rekor, majorApiVersion: Number(version), entryType: payloadType ? 'dsse' : undefined }),
    new TSAWitness({ tsaBaseURL: url }),
  ],
};
const builder = payloadType ? new DSSEBundleBuilder(options) : new MessageSignatureBundleBuilder(options);
builder.create({ data: fs.readFileSync(file), type: payloadType })
  .then((bundle) => console.log(JSON.stringify(bundleToJSON(bundle))), (error) => { console.error(error, error.cause); process.exit(1); });
