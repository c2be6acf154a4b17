using System.Text.RegularExpressions;
using Kfm.Ledger.Tiles;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;

namespace Kfm.Conformance.Tests.Suites;

/// <summary>Whole logs in the tlog-tiles layout.</summary>
internal static partial class TlogLogCases
{
    public static IEnumerable<SuiteCase> Read(string folder)
    {
        var keys = Keys(folder);
        foreach (var log in Directory.EnumerateDirectories(Path.Combine(folder, "logs")).Order(StringComparer.Ordinal))
        {
            yield return new("logs/" + Path.GetFileName(log), () => Check(log, keys));
        }
    }

    // The keys of the notes suite, and the one that only the README names.
    private static List<string> Keys(string folder)
    {
        var keys = SuiteJson.Read(folder, "notes", "verify.json").GetProperty("keys").EnumerateObject().Select(k => k.Value.GetString()!);
        return [.. keys, .. VerifierKey().Matches(File.ReadAllText(Path.Combine(folder, "README.md"))).Select(m => m.Value)];
    }

    private static string? Check(string log, List<string> keys)
    {
        var note = SignedNote.Parse(File.ReadAllBytes(Path.Combine(log, "checkpoint")));
        var checkpoint = Checkpoint.Parse(note.Text);
        var tree = new CompactRange();
        for (ulong number = 0; tree.Size < checkpoint.Size; number++)
        {
            var width = (int)Math.Min(Tile.Width, checkpoint.Size - tree.Size);
            var entries = EntryBundle.TryRead(File.ReadAllBytes(Path.Combine(log, TilePath.OfEntries(number, width))));
            var hashes = File.ReadAllBytes(Path.Combine(log, TilePath.Of(new Tile(0, number), width)));
            if (entries?.Count != width || !entries.SelectMany(e => MerkleHash.Leaf(e.Span).ToBytes()).SequenceEqual(hashes))
            {
                return $"bundle {number} does not fit its tile";
            }

            foreach (var entry in entries)
            {
                tree.Append(MerkleHash.Leaf(entry.Span));
            }
        }

        var result = tree.Root() == checkpoint.Root
            ? note.Verify([.. keys.Where(k => k.StartsWith(checkpoint.Origin + "+", StringComparison.Ordinal)).Select(NoteVerifier.Parse)])
            : throw new InvalidOperationException("The entries do not make the root of the checkpoint.");
        return result.Reason;
    }

    [GeneratedRegex(@"[a-z0-9./]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}", RegexOptions.None, 1000)]
    private static partial Regex VerifierKey();
}
