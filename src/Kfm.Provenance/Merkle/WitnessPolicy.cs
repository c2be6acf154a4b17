using Kfm.Provenance.Signing;

namespace Kfm.Provenance.Merkle;

/// <summary>
/// A trust policy of transparency logs (C2SP tlog-policy): which logs are known, which witnesses, and how many of them must have cosigned a
/// checkpoint. The policy comes from the caller, never with the data.
/// </summary>
public sealed class WitnessPolicy
{
    private readonly Dictionary<string, PolicyGroup> _groups;
    private readonly string _quorum;

    internal WitnessPolicy(IReadOnlyList<PolicyKey> logs, IReadOnlyList<PolicyKey> witnesses, Dictionary<string, PolicyGroup> groups, string quorum)
    {
        Logs = logs;
        Witnesses = witnesses;
        _groups = groups;
        _quorum = quorum;
    }

    /// <summary>The logs whose checkpoints are accepted; may be empty, then the caller says which log is meant.</summary>
    public IReadOnlyList<PolicyKey> Logs { get; }

    /// <summary>The witnesses.</summary>
    public IReadOnlyList<PolicyKey> Witnesses { get; }

    /// <summary>Reads a policy.</summary>
    /// <param name="bytes">The file, at most 1 MiB, with at most 1,024 logs, witnesses and groups each.</param>
    /// <exception cref="WitnessPolicyFormatException">The bytes are not a policy, or name a key of a type that is not supported.</exception>
    public static WitnessPolicy Parse(ReadOnlySpan<byte> bytes) => new WitnessPolicyReader().Read(bytes);

    /// <summary>Whether a set of witnesses is a quorum.</summary>
    /// <param name="witnesses">The names of witnesses that cosigned.</param>
    public bool IsQuorum(IReadOnlyCollection<string> witnesses)
    {
        ArgumentNullException.ThrowIfNull(witnesses);
        return string.Equals(_quorum, WitnessPolicyReader.None, StringComparison.Ordinal) || Witnessed(_quorum, witnesses);
    }

    /// <summary>Verifies a signed checkpoint: signed by a log of the policy, cosigned by a quorum.</summary>
    /// <param name="note">The signed note, verbatim.</param>
    /// <param name="logs">The keys of the log that the caller means; none for all logs of the policy.</param>
    public WitnessedCheckpoint Verify(string note, params IReadOnlyCollection<NoteVerifier> logs)
    {
        ArgumentNullException.ThrowIfNull(note);
        ArgumentNullException.ThrowIfNull(logs);
        try
        {
            var signed = SignedNote.Parse(note);
            var checkpoint = Checkpoint.Parse(signed.Text);
            var keys = (logs.Count > 0 ? logs : [.. Logs.Select(l => l.Verifier)])
                .Where(k => string.Equals(k.Name, checkpoint.Origin, StringComparison.Ordinal)).ToList();
            return signed.Verify(keys).Reason is { } reason
                ? WitnessedCheckpoint.Failed($"The checkpoint of '{checkpoint.Origin}' is not verified: {reason}")
                : Verify(signed, checkpoint);
        }
        catch (KfmException e) when (e is NoteFormatException or CheckpointFormatException)
        {
            return WitnessedCheckpoint.Failed("The checkpoint cannot be read: " + e.Message);
        }
    }

    private WitnessedCheckpoint Verify(SignedNote signed, Checkpoint checkpoint)
    {
        // A wrong signature of one witness does not spoil those of the others.
        var cosigned = Witnesses.Where(w => signed.Verify([w.Verifier]).IsVerified).Select(w => w.Name).ToList();
        return IsQuorum(cosigned)
            ? WitnessedCheckpoint.Verified(checkpoint, cosigned)
            : WitnessedCheckpoint.Failed($"The witnesses that cosigned are no quorum: {(cosigned.Count == 0 ? "none" : string.Join(", ", cosigned))}.");
    }

    // Groups refer only to names before them, so that this ends; a chain is at most as deep as there are groups.
    private bool Witnessed(string name, IReadOnlyCollection<string> witnesses) => _groups.TryGetValue(name, out var group)
        ? group.Members.Count(m => Witnessed(m, witnesses)) >= group.Threshold
        : witnesses.Contains(name, StringComparer.Ordinal);
}
