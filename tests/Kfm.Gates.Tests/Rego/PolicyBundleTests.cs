using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Kfm.Gates.Rego;
using Kfm.Testing;

namespace Kfm.Gates.Tests.Rego;

public sealed class PolicyBundleTests
{
    private static readonly Dictionary<string, string> Files = new(StringComparer.Ordinal)
    {
        [".manifest"] = """{"revision": "r1", "roots": ["app", "roles"]}""",
        ["app/policy.rego"] = "package app\nallow if input.role in data.roles.admins",
        ["roles/data.yaml"] = "admins:\n- ann # <&>\n",
        ["app/limits/data.json"] = """{"max": 3, "text": "<a> & é \u2028 \\u003c"}""",
    };

    [Fact]
    public void An_archive_and_a_directory_give_the_same_bundle()
    {
        using var folder = new TemporaryDirectory();
        foreach (var (path, text) in Files)
        {
            folder.Write(path, text);
        }

        var directory = PolicyBundle.ReadDirectory(folder.Path);
        var archive = PolicyBundle.ReadArchive(Archive(Files));
        Assert.Equal(directory.Digest, archive.Digest);
        Assert.Equal("r1", archive.Manifest.Revision);
        Assert.Equal("""{"app": {"limits": {"max": 3, "text": "<a> & é \u2028 \\u003c"}}, "roles": {"admins": ["ann"]}}""", archive.Data.ToString());
        Assert.Equal(RegoValue.True, archive.Compile().Prepare("data.app.allow").Evaluate(RegoRun.Json("""{"role": "ann"}"""), new EvaluateOptions { Data = archive.Data }).Value);
    }

    [Fact]
    public void The_digest_of_policies_alone_is_that_of_the_policy_set()
    {
        var bundle = PolicyBundle.ReadArchive(Archive(new(StringComparer.Ordinal) { ["a.rego"] = "package a", ["b/c.rego"] = "package b.c" }));
        Assert.Equal(PolicySet.Digest(bundle.Modules), bundle.Digest);
    }

    [Theory]
    [InlineData(".manifest", """{"roots": ["a", "a/b"]}""", ".manifest: manifest has overlapped roots: 'a' and 'a/b'")]
    [InlineData(".manifest", """{"roots": ["app"]}""", "manifest roots [app] do not permit data at path '/roles' (hint: check bundle directory structure)")]
    [InlineData("app/policy.rego", "package other", "app/policy.rego: manifest roots [app roles] do not permit 'package other'")]
    [InlineData("roles/data.json", """{"admins": []}""", "roles/data.yaml: another file has a value at \"admins\" too")]
    [InlineData("../x.rego", "package app", "../x.rego: the name leaves the bundle or is not plain")]
    [InlineData("app/policy.wasm", "", "app/policy.wasm: WebAssembly modules are not supported: publish the policies as Rego")]
    public void A_bundle_that_is_not_one_is_refused(string path, string text, string message)
    {
        var files = new Dictionary<string, string>(Files, StringComparer.Ordinal) { [path] = text };
        Assert.Equal(message, Assert.Throws<PolicyBundleFormatException>(() => PolicyBundle.ReadArchive(Archive(files))).Message);
    }

    [Fact]
    public void Limits_and_bytes_that_are_no_archive_are_refused()
    {
        Assert.Throws<PolicyBundleFormatException>(() => PolicyBundle.ReadArchive(Archive(Files), new PolicyBundleOptions { MaxFiles = 2 }));
        Assert.Throws<PolicyBundleFormatException>(() => PolicyBundle.ReadArchive(Archive(Files), new PolicyBundleOptions { MaxFileBytes = 20 }));
        Assert.Throws<PolicyBundleFormatException>(() => PolicyBundle.ReadArchive(Archive(Files), new PolicyBundleOptions { MaxBytes = 100 }));
        Assert.Throws<PolicyBundleFormatException>(() => PolicyBundle.ReadArchive(new MemoryStream("no archive"u8.ToArray())));
        var cut = Archive(Files).ToArray();
        Assert.Throws<PolicyBundleFormatException>(() => PolicyBundle.ReadArchive(new MemoryStream(cut[..(cut.Length / 2)])));
    }

    [Theory]
    [InlineData("ES256", "")]
    [InlineData("RS256", "")]
    [InlineData("PS384", "")]
    [InlineData("HS512", "")]
    [InlineData("ES256", "file")]
    [InlineData("ES256", "missing")]
    [InlineData("ES256", "added")]
    [InlineData("ES256", "key")]
    [InlineData("ES256", "algorithm")]
    [InlineData("ES256", "unsigned")]
    [InlineData("ES256", "scope")]
    public void A_signature_holds_for_these_files_and_this_key_only(string algorithm, string change)
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        const string secret = "a shared secret of some length";
        var pem = algorithm[0] switch { 'E' => ec.ExportSubjectPublicKeyInfoPem(), 'H' => secret, _ => rsa.ExportSubjectPublicKeyInfoPem() };
        var files = new Dictionary<string, string>(Files, StringComparer.Ordinal) { [".signatures.json"] = "" };
        files[".signatures.json"] = $$"""{"signatures": ["{{Sign(algorithm, ec, rsa, secret)}}"]}""";
        var keys = new Dictionary<string, PolicyBundleKey>(StringComparer.Ordinal)
        {
            [change == "key" ? "k2" : "k1"] = new(change == "algorithm" ? "ES384" : algorithm, pem) { Scope = change == "scope" ? "write" : "read" },
        };
        Action edit = change switch
        {
            "file" => () => files["app/policy.rego"] += " ",
            "missing" => () => files.Remove("roles/data.yaml"),
            "added" => () => files["app/x.rego"] = "package app",
            "unsigned" => () => files.Remove(".signatures.json"),
            _ => () => { }
            ,
        };
        edit();
        var options = new PolicyBundleOptions { Keys = keys };
        if (change.Length == 0)
        {
            // Documents are hashed by content, so that their layout may change.
            files["app/limits/data.json"] = """{ "text": "<a> & é \u2028 \\u003c", "max": 3 }""";
            Assert.Equal("k1", PolicyBundle.ReadArchive(Archive(files), options).Signer);
        }
        else
        {
            Assert.Throws<PolicyBundleFormatException>(() => PolicyBundle.ReadArchive(Archive(files), options));
        }
    }

    private static string Sign(string algorithm, ECDsa ec, RSA rsa, string secret)
    {
        string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        string[] entries =
        [
            $$"""{"name": ".manifest", "hash": "{{Hash("""{"revision":"r1","roots":["app","roles"]}""")}}", "algorithm": "SHA-256"}""",
            $$"""{"name": "app/policy.rego", "hash": "{{Hash(Files["app/policy.rego"])}}", "algorithm": "SHA-256"}""",
            $$"""{"name": "roles/data.yaml", "hash": "{{Hash("""{"admins":["ann"]}""")}}", "algorithm": "SHA-256"}""",
            $$"""{"name": "app/limits/data.json", "hash": "{{Hash("""{"max":3,"text":"<a> & é \u2028 \\u003c"}""")}}", "algorithm": "SHA-256"}""",
        ];
        var signed = Base64Url($$"""{"alg": "{{algorithm}}", "kid": "k1"}""") + "." + Base64Url($$"""{"files": [{{string.Join(',', entries)}}], "scope": "read"}""");
        var bytes = Encoding.UTF8.GetBytes(signed);
        var signature = algorithm[0] switch
        {
            'E' => ec.SignData(bytes, HashAlgorithmName.SHA256),
            'H' => HMACSHA512.HashData(Encoding.UTF8.GetBytes(secret), bytes),
            'P' => rsa.SignData(bytes, HashAlgorithmName.SHA384, RSASignaturePadding.Pss),
            _ => rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        };
        return signed + "." + System.Buffers.Text.Base64Url.EncodeToString(signature);
    }

    private static string Base64Url(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static MemoryStream Archive(Dictionary<string, string> files)
    {
        var archive = new MemoryStream();
        using (var packed = new GZipStream(archive, CompressionMode.Compress, leaveOpen: true))
        using (var tar = new TarWriter(packed))
        {
            foreach (var (path, text) in files)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
            }
        }

        archive.Position = 0;
        return archive;
    }
}
