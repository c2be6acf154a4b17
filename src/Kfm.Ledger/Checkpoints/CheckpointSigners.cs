using Kfm.Ledger.Storage;
using Kfm.Provenance.Signing;

namespace Kfm.Ledger.Checkpoints;

/// <summary>The keys that sign the checkpoints of a log, and the keys that its checkpoints are verified with.</summary>
internal sealed class CheckpointSigners
{
    private readonly LogSettings _settings;
    private readonly List<NoteSigner> _signers;
    private readonly LogIdentity _identity;

    internal CheckpointSigners(LogIdentity identity, LogSettings settings)
    {
        (_identity, _settings) = (identity, settings);
        var keys = settings.Signer is { } key ? settings.FurtherSigners.Prepend(key) : [];
        _signers = [.. keys.Select(k => new NoteSigner(identity.Origin, k))];
    }

    /// <summary>Whether there is a key.</summary>
    internal bool Any => _signers.Count > 0;

    /// <summary>The keys that may sign a size: all, or those of the ring whose span covers it.</summary>
    internal IReadOnlyList<NoteSigner> At(long size) => _settings.KeyRing is not { } ring
        ? _signers
        : [.. _signers.Where(s => ring.Keys.Any(k => k.Covers((ulong)size) && IsSame(k.Verifier, s.Verifier)))];

    /// <summary>What the log's own checkpoints are verified with. Without a key of the caller the store's word only tells a note of this log from rubbish.</summary>
    internal IReadOnlyCollection<NoteVerifier> Verifiers()
    {
        if (_settings.KeyRing is { } ring)
        {
            return [.. ring.Verifiers];
        }

        if (Any)
        {
            return [.. _signers.Select(s => s.Verifier)];
        }

        try
        {
            return [NoteVerifier.Parse(_identity.Verifier)];
        }
        catch (NoteFormatException e)
        {
            throw new LedgerException(LedgerFault.Damaged, "The verifier key in the store cannot be read: " + e.Message, e);
        }
    }

    /// <summary>Whether the log was created with the caller's key, or with the first key of a ring that has it.</summary>
    internal static bool IsOwn(LogIdentity identity, LogSettings settings)
    {
        if (settings.Signer is not { } key)
        {
            return true;
        }

        var signer = new NoteVerifier(identity.Origin, key.PublicKey);
        return settings.KeyRing is { } ring
            ? string.Equals(identity.Verifier, ring.Keys[0].Verifier.ToString(), StringComparison.Ordinal) && ring.Verifiers.Any(v => IsSame(v, signer))
            : string.Equals(identity.Verifier, signer.ToString(), StringComparison.Ordinal);
    }

    private static bool IsSame(NoteVerifier left, NoteVerifier right) => string.Equals(left.ToString(), right.ToString(), StringComparison.Ordinal);
}
