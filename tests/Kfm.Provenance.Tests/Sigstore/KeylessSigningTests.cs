using System.Text;
using Kfm.Provenance.InToto;
using Kfm.Provenance.Sigstore;
using Kfm.Provenance.Tests.Sigstore.Instances;

namespace Kfm.Provenance.Tests.Sigstore;

public sealed class KeylessSigningTests
{
    private static readonly byte[] Artifact = Encoding.UTF8.GetBytes("hello");

    // SHA-256 of "hello".
    private static readonly byte[] About = Encoding.UTF8.GetBytes(
        """{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"a","digest":{"sha256":"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"}}],"predicateType":"https://kfm.example/p","predicate":{}}""");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Artifact_signed_without_a_key_verifies(int rekor)
    {
        using var instance = new FakeInstance();
        using var http = new HttpClient();
        var bundle = await new HttpKeylessSigner(instance.Config(rekor), http, instance.Clock).SignAsync(Artifact, FakeInstance.Token);

        var verification = instance.Verifier.Verify(bundle.ToJson(), SigstoreArtifact.FromBytes(Artifact), FakeInstance.Policy);

        Assert.Null(verification.Error);
        Assert.Equal([FakeInstance.Signer], verification.Certificate!.Names);
        Assert.Equal(rekor == 1 ? 2 : 1, verification.Times.Count);
        Assert.True(verification.LogEntries.Single().HasInclusionProof);
        Assert.Single(verification.CertificateTimestamps);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public async Task Statement_signed_without_a_key_verifies(int rekor, bool asHash)
    {
        using var instance = new FakeInstance();
        using var http = new HttpClient();
        var signer = new HttpKeylessSigner(instance.Config(rekor), http, instance.Clock) { LogsEnvelopesAsHash = asHash };
        var bundle = await signer.SignEnvelopeAsync(Statement.PayloadType, About, FakeInstance.Token);

        var verification = instance.Verifier.Verify(bundle.ToJson(), SigstoreArtifact.FromBytes(Artifact), FakeInstance.Policy);

        Assert.Null(verification.Error);
        Assert.Equal(About, verification.Payload.ToArray());
        Assert.Equal(asHash ? "hashedrekord" : "dsse", verification.LogEntries.Single().Kind);
    }

    [PeerTheory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public async Task What_Kfm_signs_verifies_in_npm(int rekor, bool envelope)
    {
        using var instance = new FakeInstance();
        using var http = new HttpClient();
        var signer = new HttpKeylessSigner(instance.Config(rekor), http, instance.Clock);
        var bundle = envelope
            ? await signer.SignEnvelopeAsync(Statement.PayloadType, About, FakeInstance.Token)
            : await signer.SignAsync(Artifact, FakeInstance.Token);
        var (root, file, artifact) = (instance.PathOf("root.json"), instance.PathOf("bundle.json"), instance.PathOf("artifact"));
        await File.WriteAllBytesAsync(root, instance.TrustedRootJson);
        await File.WriteAllBytesAsync(file, bundle.ToJson());
        await File.WriteAllBytesAsync(artifact, Artifact);

        Assert.Equal(FakeInstance.Signer, NodePeers.Run("verify.cjs", [root, file, .. envelope ? Array.Empty<string>() : [artifact]]).Trim());
    }

    [PeerTheory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public async Task What_npm_signs_verifies_in_Kfm(int rekor, bool envelope)
    {
        using var instance = new FakeInstance();
        var file = instance.PathOf("signed");
        await File.WriteAllBytesAsync(file, envelope ? About : Artifact);
        var url = instance.Url.AbsoluteUri.TrimEnd('/');

        var bundle = NodePeers.Run(
            "sign.cjs",
            [url, $"{url}/{(rekor == 1 ? "one" : "two")}", $"{rekor}", FakeInstance.Token, file, .. envelope ? [Statement.PayloadType] : Array.Empty<string>()]);

        Assert.Null(instance.Verifier.Verify(Encoding.UTF8.GetBytes(bundle), SigstoreArtifact.FromBytes(Artifact), FakeInstance.Policy).Error);
    }
}
