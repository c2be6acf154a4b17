using Kfm.Ledger.Entries;
using Kfm.Ledger.Lineage;
using Kfm.Provenance.Digests;

namespace Kfm.Ledger.Tests.Lineage;

/// <summary>Writes entries that refer to one another, and remembers their indexes by name.</summary>
internal sealed class LineageStory
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly Dictionary<string, long> _indexes = new(StringComparer.Ordinal);

    internal List<LedgerEntry> Entries { get; } = [];

    internal long this[string name] => _indexes[name];

    internal LineageGraph Graph()
    {
        var graph = new LineageGraph();
        for (var i = 0; i < Entries.Count; i++)
        {
            graph.Add(i, Entries[i]);
        }

        return graph;
    }

    /// <summary>Adds an entry whose subject is the digest of its content, by default its name.</summary>
    internal LineageStory Add(LedgerEntryKind kind, string name, string[] causes, int trace = 1, string? content = null, double hours = 0, params (string Name, string Value)[] attributes)
    {
        _indexes.Add(name, Entries.Count);
        Entries.Add(new LedgerEntry
        {
            Kind = kind,
            TraceId = trace == 0 ? null : new Guid(trace, 0, 0, new byte[8]),
            Repository = "https://git.example/repo",
            Subject = Of(content ?? name),
            Links = [.. causes.Select(c => new LedgerLink(RoleOf(c), _indexes.TryGetValue(c, out var i) ? Entries[(int)i].Subject : Of(c)))],
            Time = Start.AddHours(hours),
            Attributes = attributes.ToDictionary(a => a.Name, a => a.Value, StringComparer.Ordinal),
        });
        return this;
    }

    /// <summary>The whole chain from an intent to an approval.</summary>
    internal LineageStory Change(string suffix, int trace, double hours = 0)
    {
        Add(LedgerEntryKind.Intent, "intent" + suffix, [], trace, hours: hours);
        Add(LedgerEntryKind.Design, "design" + suffix, ["intent" + suffix], trace, hours: hours);
        Add(LedgerEntryKind.Patch, "patch" + suffix, ["intent" + suffix, "design" + suffix], trace, hours: hours);
        Add(LedgerEntryKind.Build, "build" + suffix, ["patch" + suffix], trace, hours: hours);

        // Test results of equal content are one subject, and yet of one trace each.
        Add(LedgerEntryKind.Qa, "qa" + suffix, ["patch" + suffix, "build" + suffix], trace, "all tests passed", hours);
        Add(LedgerEntryKind.Decision, "decision" + suffix, ["qa" + suffix], trace, hours: hours);
        return Add(LedgerEntryKind.Approval, "approval" + suffix, ["decision" + suffix], trace, hours: hours);
    }

    /// <summary>Entries that refer to one or two earlier ones, some of which have the same subject.</summary>
    internal static LineageStory Random(int seed, int count)
    {
        var (story, state) = (new LineageStory(), (uint)seed);
        for (var i = 0; i < count; i++)
        {
            state = (state * 1_664_525) + 1_013_904_223;
            var (one, other, kind) = ((int)(state >> 9) % Math.Max(i, 1), (int)(state >> 17) % Math.Max(i, 1), (int)(state >> 12) % 11);
            var name = System.Globalization.CultureInfo.InvariantCulture;
            story.Add((LedgerEntryKind)kind, i.ToString(name), i == 0 ? [] : [one.ToString(name), other.ToString(name)], (int)(state >> 14) % 4, $"content {i % 97}", i);
        }

        return story;
    }

    internal IEnumerable<string> Names(IEnumerable<LineageNode> nodes) => nodes.Select(n => _indexes.First(i => i.Value == n.Index).Key);

    private string RoleOf(string cause) => _indexes.TryGetValue(cause, out var index) ? Entries[(int)index].Kind.ToString().ToLowerInvariant() : cause;

    private static Digest Of(string text) => Digest.Of(System.Text.Encoding.UTF8.GetBytes(text));
}
