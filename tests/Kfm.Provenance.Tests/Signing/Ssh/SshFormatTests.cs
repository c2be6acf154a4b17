using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Kfm.Provenance.Signing;
using Kfm.Provenance.Signing.Ssh;

namespace Kfm.Provenance.Tests.Signing.Ssh;

/// <summary>Texts and bytes that are no keys, signatures or lines, each refused by the exception of its format.</summary>
public sealed class SshFormatTests
{
    // The example of PROTOCOL.sshsig, section 1. It was made before the format had a hash.
    private const string Example = """
        -----BEGIN SSH SIGNATURE-----
        U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgJKxoLBJBivUPNTUJUSslQTt2hD
        jozKvHarKeN8uYFqgAAAADZm9vAAAAAAAAAFMAAAALc3NoLWVkMjU1MTkAAABAKNC4IEbt
        Tq0Fb56xhtuE1/lK9H9RZJfON4o6hE9R4ZGFX98gy0+fFJ/1d2/RxnZky0Y7GojwrZkrHT
        FgCqVWAQ==
        -----END SSH SIGNATURE-----
        """;

    private const string Ed25519 = "AAAAC3NzaC1lZDI1NTE5AAAAICSsaCwSQYr1DzU1CVErJUE7doQ46Myrx2qynjfLmBao";

    [Fact]
    public void Signature_without_a_hash_as_in_the_example_of_the_specification_is_refused() =>
        Assert.Contains("end early", Assert.Throws<SshSignatureFormatException>(() => SshSignature.Parse(Example)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----")]
    [InlineData("-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----")]
    [InlineData("-----BEGIN SSH SIGNATURE-----\n!!!!\n-----END SSH SIGNATURE-----")]
    [InlineData("-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAg==\n-----END SSH SIGNATURE-----")]
    [InlineData("x-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----")]
    public void Text_that_is_no_signature_is_refused(string text) => Assert.Throws<SshSignatureFormatException>(() => SshSignature.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("ssh-ed25519")]
    [InlineData("ssh-ed25519 AAAA")]
    [InlineData("ssh-ed25519 !")]
    [InlineData("ssh-rsa " + Ed25519)]
    [InlineData("ssh-ed25519 " + Ed25519 + "\nssh-ed25519 " + Ed25519)]
    [InlineData("sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29t")]
    public void Text_that_is_no_key_is_refused(string line) => Assert.Throws<KeyFormatException>(() => SshPublicKey.Parse(line));

    [Theory]
    [InlineData("", "expected")]
    [InlineData("# comment", "expected")]
    [InlineData("person:ada", "not one of")]
    [InlineData("person:ada ssh-ed25519", "public key")]
    [InlineData("\"person:ada\" ssh-ed25519 " + Ed25519, "quotes")]
    [InlineData("person:ada,, ssh-ed25519 " + Ed25519, "patterns")]
    [InlineData("person:ada cert-authority ssh-ed25519 " + Ed25519, "authority")]
    [InlineData("person:ada no-touch-required ssh-ed25519 " + Ed25519, "not one of")]
    [InlineData("person:ada namespaces=file ssh-ed25519 " + Ed25519, "written")]
    [InlineData("person:ada namespaces=\"\" ssh-ed25519 " + Ed25519, "empty")]
    [InlineData("person:ada namespaces=\"a ssh-ed25519 " + Ed25519, "no end")]
    [InlineData("person:ada namespaces=\"a\",namespaces=\"b\" ssh-ed25519 " + Ed25519, "twice")]
    [InlineData("person:ada namespaces=\"a\"x ssh-ed25519 " + Ed25519, "comma")]
    [InlineData("person:ada namespaces=\"a\", ssh-ed25519 " + Ed25519, "not one of")]
    [InlineData("person:ada valid-before=\"2026\" ssh-ed25519 " + Ed25519, "time")]
    [InlineData("person:ada valid-before=\"20261301\" ssh-ed25519 " + Ed25519, "time")]
    [InlineData("person:ada valid-after=\"0x123\" ssh-ed25519 " + Ed25519, "time")]
    [InlineData("person:ada ssh-ed25519\n" + Ed25519, "control")]
    public void Line_that_is_no_allowed_signer_is_refused(string line, string reason) =>
        Assert.Contains(reason, Assert.Throws<AllowedSignerFormatException>(() => AllowedSigner.Parse(line)).Message, StringComparison.Ordinal);

    [Fact]
    public void Line_with_a_comment_is_read()
    {
        var signer = AllowedSigner.Parse("\tperson:ada  ssh-ed25519 " + Ed25519 + " a long comment ");
        Assert.Equal(("person:ada", "ssh-ed25519", null), (signer.Principals, signer.Key.Type, signer.Namespaces));
    }

    [Fact]
    public void Arbitrary_bytes_are_refused_by_the_exception_of_their_format() => Prop.ForAll<byte[], string>((bytes, text) =>
    {
        foreach (var blob in new[] { bytes, [.. "SSHSIG"u8, 0, 0, 0, 1, .. bytes] })
        {
            Refused<SshSignatureFormatException>(() => SshSignature.FromBlob(blob));
            Refused<KeyFormatException>(() => SshPublicKey.FromBlob(blob));
        }

        Refused<AllowedSignerFormatException>(() => AllowedSigner.Parse("person:ada " + text));
        Refused<SshSignatureFormatException>(() => SshSignature.Parse("-----BEGIN SSH SIGNATURE-----\n" + text + "\n-----END SSH SIGNATURE-----"));
    }).QuickCheckThrowOnFailure();

    private static void Refused<T>(Action action)
        where T : Exception
    {
        try
        {
            action();
        }
        catch (T)
        {
            return;
        }

        Assert.Fail("It was accepted.");
    }
}
