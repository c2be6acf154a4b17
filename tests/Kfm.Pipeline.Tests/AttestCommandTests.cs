using System.Text.Json.Nodes;
using Kfm.Provenance.InToto;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Tests;

public sealed class AttestCommandTests : IDisposable
{
    private const string Predicate = "{ \"result\":\"PASSED\", \"configuration\":[ ] }";
    private readonly KfmHost _host = new();
    private readonly Ed25519SigningKey _ed25519 = Ed25519SigningKey.Create();
    private readonly EcdsaSigningKey _p384 = EcdsaSigningKey.Create(SignatureScheme.EcdsaP384Sha384);

    public void Dispose()
    {
        _ed25519.Dispose();
        _p384.Dispose();
        _host.Dispose();
    }

    [Fact]
    public async Task Attestation_of_two_keys_verifies_for_its_file_and_type()
    {
        var (file, envelope) = await AttestAsync("--predicate", _host.Write("p.json", Predicate), "--type", "test-result");
        var statement = Statement.Parse(DsseEnvelope.Parse(await File.ReadAllBytesAsync(envelope)).Payload.Span);
        Assert.Equal(Predicate, System.Text.Encoding.UTF8.GetString(statement.PredicateText.Span));

        var result = await VerifyAsync(envelope, "--threshold", "2", "--subject", file, "--type", "test-result", "--json");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal("verified", JsonNode.Parse(result.Output)!["result"]!.GetValue<string>());
    }

    [Fact]
    public async Task Provenance_is_made_from_a_builder_and_a_file()
    {
        var (file, envelope) = await AttestAsync("--builder-id", "https://example.org/b", "--build-type", "https://example.org/t");
        Assert.Equal(0, (await VerifyAsync(envelope, "--subject", file, "--type", "slsaprovenance")).ExitCode);
    }

    [Fact]
    public async Task What_does_not_hold_is_refused_with_its_reason()
    {
        var (_, envelope) = await AttestAsync("--predicate", _host.Write("p.json", Predicate), "--type", "test-result");
        foreach (var (more, reason) in new (string[], string)[]
        {
            (["--threshold", "3"], "2 of the trusted keys"),
            (["--subject", _host.Write("other.txt", "other")], "No subject is"),
            (["--type", "vsa"], "The predicate is of the type"),
        })
        {
            var result = await VerifyAsync(envelope, more);
            Assert.Equal(2, result.ExitCode);
            Assert.Contains(reason, result.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_cannot_be_used_is_an_error()
    {
        var key = _host.Write("k.pem", _ed25519.ToPem());
        var file = _host.Write("a.txt", "a");
        foreach (var args in new string[][]
        {
            ["attest", "--key", key],
            ["attest", "--key", key, "--subject", file],
            ["attest", "--key", key, "--key", key, "--subject", file, "--builder-id", "b", "--build-type", "t"],
            ["attest", "--key", key, "--subject", file, "--type", "vsa", "--predicate", _host.Write("bad.json", "{}")],
            ["attest", "--key", key, "--subject", "x@sha256:12", "--builder-id", "b", "--build-type", "t"],
            ["attest", "--key", file, "--subject", file, "--builder-id", "b", "--build-type", "t"],
            ["verify-attestation", file],
            ["verify-attestation", file, "--key", _host.Write("pub.pem", _ed25519.PublicKey.ToPem())],
            ["verify-attestation", file, "--trusted-root", file],
        })
        {
            Assert.Equal(1, (await _host.RunAsync(args)).ExitCode);
        }
    }

    [Fact]
    public async Task Encrypted_key_signs_with_its_password()
    {
        var key = _host.Write("encrypted.pem", _ed25519.ToPem("secret"));
        var args = new[] { "attest", "--key", key, "--subject", _host.Write("a.txt", "a"), "--builder-id", "b:b", "--build-type", "t:t" };
        Assert.Equal(1, (await _host.RunAsync(args)).ExitCode);
        Assert.Equal(0, (await _host.RunAsync([.. args, "--password-file", _host.Write("password", "secret\n")])).ExitCode);
    }

    private async Task<(string File, string Envelope)> AttestAsync(params string[] more)
    {
        var (file, envelope) = (_host.Write("artifact.txt", "content"), _host.PathOf("a.dsse.json"));
        var result = await _host.RunAsync(
        [
            "attest", "--subject", file, "--key", _host.Write("one.pem", _ed25519.ToPem()), "--key", _host.Write("two.pem", _p384.ToPem()), "--output", envelope, .. more,
        ]);
        Assert.True(result.ExitCode == 0, result.Error);
        return (file, envelope);
    }

    private Task<CommandResult> VerifyAsync(string envelope, params string[] more) => _host.RunAsync(
    [
        "verify-attestation", envelope, "--key", _host.Write("one.pub", _ed25519.PublicKey.ToPem()), "--key", _host.Write("two.pub", _p384.PublicKey.ToPem()), .. more,
    ]);
}
