using System.Buffers;
using Kfm.Provenance.Sigstore.Bundles;

namespace Kfm.Provenance.Sigstore.Verification;

/// <summary>Walks over a statement once and compares its subjects; the predicate is passed over.</summary>
internal sealed class StatementSubjects(SigstoreArtifact artifact)
{
    private const string Path = "/dsseEnvelope/payload";
    private const int MaxDepth = 256;
    private bool _matches;

    /// <exception cref="SigstoreFormatException">The payload is not a statement.</exception>
    public SigstoreError? Check(ReadOnlySpan<byte> payload)
    {
        var walk = new JsonWalk(payload, SigstoreStage.Subject, MaxDepth);
        var seen = 0u;
        var (isStatement, hasPredicate, subjects) = (false, false, 0);
        walk.Object(Path);
        while (walk.Member())
        {
            if (walk.Is("_type"u8))
            {
                isStatement = walk.Value(ref seen, 0, Path)
                    && (walk.TextIs("https://in-toto.io/Statement/v1"u8, Path) || walk.TextIs("https://in-toto.io/Statement/v0.1"u8, Path));
            }
            else if (walk.Is("predicateType"u8))
            {
                hasPredicate = walk.Value(ref seen, 1, Path) && !walk.TextIs(""u8, Path);
            }
            else if (walk.Is("subject"u8))
            {
                subjects = walk.Value(ref seen, 2, Path) ? Subjects(ref walk) : 0;
            }
            else if (walk.Is("predicate"u8))
            {
                _ = walk.Value(ref seen, 3, Path);
                walk.SkipMember();
            }
            else
            {
                walk.SkipMember();
            }
        }

        walk.End();
        return !isStatement || !hasPredicate || subjects == 0
            ? new(SigstoreStage.Subject, SigstoreErrorCode.UnsupportedPayload, "The payload is not a statement of version 0.1 or 1 with a type, a predicate type and subjects.", Path)
            : _matches ? null : new(SigstoreStage.Subject, SigstoreErrorCode.SubjectMismatch, "None of the subjects is the artifact.", Path);
    }

    private int Subjects(ref JsonWalk walk)
    {
        var count = 0;
        walk.Array(Path);
        while (walk.Item())
        {
            count++;
            var seen = 0u;
            walk.Object(Path);
            while (walk.Member())
            {
                if (walk.Is("digest"u8))
                {
                    _matches |= walk.Value(ref seen, 0, Path) && Digests(ref walk);
                }
                else
                {
                    walk.SkipMember();
                }
            }
        }

        return count;
    }

    // At least one digest must be known and equal, and none that is known may differ.
    private bool Digests(ref JsonWalk walk)
    {
        var seen = 0u;
        var (equal, differs) = (false, false);
        walk.Object(Path);
        while (walk.Member())
        {
            var length = walk.Is("sha256"u8) ? 32 : walk.Is("sha384"u8) ? 48 : walk.Is("sha512"u8) ? 64 : 0;
            if (length == 0)
            {
                walk.SkipMember();
            }
            else if (walk.Value(ref seen, length / 16, Path) && artifact.Digest(length) is { } own)
            {
                var same = IsHex(walk.Utf8(Path), own);
                equal |= same;
                differs |= !same;
            }
        }

        return equal && !differs;
    }

    private static bool IsHex(ReadOnlySpan<byte> text, ReadOnlySpan<byte> digest)
    {
        Span<byte> bytes = stackalloc byte[64];
        return text.Length == digest.Length * 2 && Convert.FromHexString(text, bytes, out _, out var written) == OperationStatus.Done && digest.SequenceEqual(bytes[..written]);
    }
}
