namespace Kfm.Provenance.Sigstore.Logs;

/// <summary>The forms of entries (Rekor, pkg/types; protobuf-specs, rekor/v2): where the values stand that bind an entry to a bundle.</summary>
internal static class BodyForm
{
    private static readonly BodyNode[] Hash = [new("algorithm", BodyField.DataAlgorithm), new("value", BodyField.DataHex)];
    private static readonly BodyNode[] Digest = [new("algorithm", BodyField.DataAlgorithm), new("digest", BodyField.DataBase64)];
    private static readonly BodyNode PayloadHash = new("payloadHash", new("algorithm", BodyField.PayloadAlgorithm), new("value", BodyField.PayloadHex));
    private static readonly BodyNode PayloadDigest = new("payloadHash", new("algorithm", BodyField.PayloadAlgorithm), new("digest", BodyField.PayloadBase64));

    private static readonly BodyNode Verifier = new(
        "verifier",
        new BodyNode("x509Certificate", new BodyNode("rawBytes", BodyField.Der)),
        new BodyNode("publicKey", new BodyNode("rawBytes", BodyField.Der)));

    private static readonly BodyNode HashedRekord1 = Entry(
        new BodyNode("data", new BodyNode("hash", Hash)),
        new BodyNode("signature", new("content", BodyField.Signature), new("publicKey", new BodyNode("content", BodyField.Pem))));

    private static readonly BodyNode HashedRekord2 = Entry(new BodyNode(
        "hashedRekordV002",
        new BodyNode("data", Digest),
        new BodyNode("signature", new("content", BodyField.Signature), Verifier)));

    private static readonly BodyNode Dsse1 = Entry(
        PayloadHash,
        new BodyNode("signatures", new("signature", BodyField.Signature), new("verifier", BodyField.Pem)) { IsList = true });

    private static readonly BodyNode Dsse2 = Entry(new BodyNode(
        "dsseV002",
        PayloadDigest,
        new BodyNode("signatures", new("content", BodyField.Signature), Verifier) { IsList = true }));

    private static readonly BodyNode Intoto2 = Entry(new BodyNode(
        "content",
        PayloadHash,
        new BodyNode("envelope", new BodyNode("signatures", new("sig", BodyField.NestedSignature), new("publicKey", BodyField.Pem)) { IsList = true })));

    /// <summary>The form of a kind and version; null when it is not supported.</summary>
    public static BodyNode? Of(string kind, string version) => (kind, version) switch
    {
        ("hashedrekord", "0.0.1") => HashedRekord1,
        ("hashedrekord", "0.0.2") => HashedRekord2,
        ("dsse", "0.0.1") => Dsse1,
        ("dsse", "0.0.2") => Dsse2,
        ("intoto", "0.0.2") => Intoto2,
        _ => null,
    };

    private static BodyNode Entry(params BodyNode[] spec) =>
        new("", new("kind", BodyField.Kind), new("apiVersion", BodyField.ApiVersion), new("spec", spec));
}
