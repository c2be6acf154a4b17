using System.Text;
using Kfm.Provenance.Signing;
using Kfm.Provenance.Signing.Ssh;
using Kfm.Testing;

namespace Kfm.Provenance.Tests.Signing.Ssh;

/// <summary>Signatures of the real ssh-keygen, and its judgement beside ours.</summary>
public sealed class SshKeygenTests : IDisposable
{
    private const string Space = "kfm-approval@v1";
    private static readonly byte[] Message = Encoding.UTF8.GetBytes("a statement\n");
    private readonly SshKeygen _ssh = new();

    [SshKeygenTheory]
    [InlineData("ed25519", null)]
    [InlineData("ecdsa", 256)]
    [InlineData("ecdsa", 384)]
    [InlineData("ecdsa", 521)]
    [InlineData("rsa", 2048)]
    [InlineData("rsa", 3072)]
    public void Signature_of_every_kind_verifies_for_its_message_and_namespace_only(string type, int? bits)
    {
        var line = _ssh.Create("key", type, bits);
        foreach (var hash in new[] { "sha256", "sha512" })
        {
            var armored = _ssh.Sign("key", Space, Message, "-O", "hashalg=" + hash);
            var signature = SshSignature.Parse(armored);
            Assert.True(signature.Verify(Message, Space));
            Assert.False(signature.Verify([.. Message, 0], Space));
            Assert.False(signature.Verify(Message, "file"));
            Assert.Equal(SshPublicKey.Parse(line).Key, signature.Key.Key);
            Assert.Equal(armored, signature.ToArmored());
        }
    }

    [SshKeygenTheory]
    [InlineData("ed25519", null)]
    [InlineData("ecdsa", 256)]
    [InlineData("rsa", 2048)]
    public void Signature_with_one_changed_byte_is_never_good(string type, int? bits)
    {
        _ssh.Create("key", type, bits);
        var blob = SshSignature.Parse(_ssh.Sign("key", Space, Message)).Blob.ToArray();
        for (var i = 0; i < blob.Length; i++)
        {
            var changed = (byte[])blob.Clone();
            changed[i] ^= (byte)(1 << (i % 8));
            Assert.False(IsGood(changed), $"byte {i}");
        }

        for (var length = 0; length < blob.Length; length++)
        {
            Assert.False(IsGood(blob[..length]), $"length {length}");
        }

        Assert.False(IsGood([.. blob, 0]));
    }

    [SshKeygenTheory]
    [InlineData("person:ada", "", true)]
    [InlineData("person:*", "", true)]
    [InlineData("*,!person:ada", "", false)]
    [InlineData("person:eve", "", false)]
    [InlineData("person:ad?", "", true)]
    [InlineData("person:eve,person:ada", "", true)]
    [InlineData("person:ada", "namespaces=\"kfm-*\" ", true)]
    [InlineData("person:ada", "namespaces=\"file,git\" ", false)]
    [InlineData("person:ada", "NAMESPACES=\"kfm-approval@v1\",valid-after=\"20260101\" ", true)]
    [InlineData("person:ada", "valid-after=\"20260102000000\" ", false)]
    [InlineData("person:ada", "valid-after=\"202601011159\" ", true)]
    [InlineData("person:ada", "valid-after=\"202601011200\" ", true)]
    [InlineData("person:ada", "valid-before=\"202601011200\" ", true)]
    [InlineData("person:ada", "valid-before=\"20260101115959\" ", false)]
    [InlineData("person:ada", "valid-before=\"20260102\" ", true)]
    public void Line_of_allowed_signers_is_judged_as_ssh_keygen_judges_it(string principals, string options, bool allowed)
    {
        var line = $"{principals} {options}{_ssh.Create("key", "ed25519")}";
        File.WriteAllText(_ssh.PathOf("allowed"), line + "\n");
        File.WriteAllText(_ssh.PathOf("sig"), _ssh.Sign("key", Space, Message));
        var theirs = _ssh.Run(Message, "-Y", "verify", "-O", "verify-time=20260101120000", "-f", _ssh.PathOf("allowed"), "-I", "person:ada", "-n", Space, "-s", _ssh.PathOf("sig")).ExitCode == 0;
        var ours = AllowedSigner.Parse(line).Refuse("person:ada", Space, new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero)) is null;
        Assert.Equal((allowed, allowed), (theirs, ours));
    }

    [SshKeygenTheory]
    [InlineData("dsa", 1024)]
    [InlineData("rsa", 1024)]
    public void Key_that_is_too_weak_is_refused(string type, int bits)
    {
        if (_ssh.Run(null, "-q", "-t", type, "-b", bits.ToString(System.Globalization.CultureInfo.InvariantCulture), "-N", "", "-f", _ssh.PathOf("key")).ExitCode == 0)
        {
            Assert.Throws<KeyFormatException>(() => SshPublicKey.Parse(File.ReadAllText(_ssh.PathOf("key.pub"))));
        }
    }

    public void Dispose() => _ssh.Dispose();

    private static bool IsGood(byte[] blob)
    {
        try
        {
            return SshSignature.FromBlob(blob).Verify(Message, Space);
        }
        catch (SshSignatureFormatException)
        {
            return false;
        }
    }
}
