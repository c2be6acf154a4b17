using Kfm.Agent.Autonomy;
using Kfm.Pipeline.Terminal;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Verification;

/// <summary>What a person signs an approval with: a key in PEM, or one of SSH.</summary>
internal abstract class ApprovalSigner : IDisposable
{
    /// <summary>What the name of the file ends in.</summary>
    public abstract string Extension { get; }

    /// <summary>The signer that a request names.</summary>
    public static ApprovalSigner Open(ApprovalRequest request, HostEnvironment host) =>
        request.SshKey is { } ssh ? SshApprovalSigner.Open(ssh, host) : new PemSigner(request.Key);

    /// <summary>The person to whom the people file gives the key, or null.</summary>
    public abstract Person? Find(PeopleFile people);

    /// <summary>The file of an approval.</summary>
    public abstract byte[] Sign(ApprovalStatement statement);

    /// <summary>Forgets the key, where it is held.</summary>
    public abstract void Dispose();

    private sealed class PemSigner(string path) : ApprovalSigner
    {
        private readonly LocalSigningKey _key = LocalSigningKey.Load(path);

        public override string Extension => BundleApprovals.Extension;

        public override Person? Find(PeopleFile people) => people.People.FirstOrDefault(p => p.Keys.Contains(_key.PublicKey));

        public override byte[] Sign(ApprovalStatement statement) => DsseEnvelope.Sign(ApprovalStatement.PayloadType, statement.ToUtf8(), _key).ToJson();

        public override void Dispose() => _key.Dispose();
    }
}
