using System.Text.Json;
using Kfm.Provenance.Signing;

namespace Kfm.Conformance.Tests.Suites;

/// <summary>Signatures that implementations are known to accept or refuse wrongly.</summary>
[Trait("Suite", "wycheproof")]
public sealed class WycheproofSuite() : ConformanceSuite("wycheproof")
{
    private delegate bool Verifier(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);

    protected override IEnumerable<SuiteCase> Cases(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*_test.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var path = Path.GetRelativePath(folder, file).Replace('\\', '/');
            foreach (var group in SuiteJson.Read(file).Items("testGroups"))
            {
                var verify = new Lazy<Verifier>(() => Key(Path.GetFileName(file), group));
                foreach (var one in group.Items("tests"))
                {
                    yield return new($"{path}#{one.GetProperty("tcId").GetInt32()}", () => Check(verify.Value, one));
                }
            }
        }
    }

    private static Verifier Key(string file, JsonElement group)
    {
        var der = Convert.FromHexString(group.Text("publicKeyDer"));
        if (file.StartsWith("ed25519", StringComparison.Ordinal))
        {
            return VerificationKey.FromDer(der).Verify;
        }

        // ecdsa_<curve>_<hash>_test.json, or ..._p1363_test.json with r and s of fixed width.
        var scheme = Path.GetFileNameWithoutExtension(file).Split('_') switch
        {
            [_, "secp256r1", "sha256", ..] => SignatureScheme.EcdsaP256Sha256,
            [_, "secp256r1", "sha512", ..] => SignatureScheme.EcdsaP256Sha512,
            [_, "secp384r1", "sha256", ..] => SignatureScheme.EcdsaP384Sha256,
            [_, "secp384r1", "sha384", ..] => SignatureScheme.EcdsaP384Sha384,
            [_, "secp384r1", "sha512", ..] => SignatureScheme.EcdsaP384Sha512,
            [_, "secp521r1", "sha512", ..] => SignatureScheme.EcdsaP521Sha512,
            _ => throw new InvalidOperationException($"There is no scheme for '{file}'."),
        };
        var key = VerificationKey.FromDer(der, scheme);
        return file.Contains("_p1363_", StringComparison.Ordinal) ? key.VerifyFixed : key.Verify;
    }

    private static string? Check(Verifier verify, JsonElement one)
    {
        var accepted = verify(Convert.FromHexString(one.Text("msg")), Convert.FromHexString(one.Text("sig")));
        return SuiteJson.Differs(one.Text("result") == "invalid", accepted);
    }
}
