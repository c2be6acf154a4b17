using Kfm.Testing;

namespace Kfm.Pipeline.Tests.GitHub;

/// <summary>A test that runs the real ssh-keygen; skipped with the reason where it is not installed.</summary>
public sealed class SshKeygenTheoryAttribute : TheoryAttribute
{
    public SshKeygenTheoryAttribute() => Skip = SshKeygen.MissingReason;
}
