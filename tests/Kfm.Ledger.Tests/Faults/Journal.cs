using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kfm.Ledger.Verification;
using Kfm.Provenance.Signing;

namespace Kfm.Ledger.Tests.Faults;

/// <summary>What appending processes acknowledged, kept outside of them and of the log.</summary>
internal sealed class Journal
{
    private readonly Dictionary<long, string> _entries = [];
    private readonly HashSet<string> _checkpoints = new(StringComparer.Ordinal);
    private int _verified;

    internal int Count => _entries.Count;

    /// <summary>The last line that was neither an entry nor a checkpoint.</summary>
    internal string End { get; private set; } = "";

    /// <summary>Notes a line. A line that was cut off by a kill is no acknowledgement.</summary>
    internal void Add(string line)
    {
        switch (line.Split(' '))
        {
            case ["entry", var index, var hash]:
                var at = long.Parse(index, CultureInfo.InvariantCulture);
                Assert.True(_entries.TryAdd(at, hash) || _entries[at] == hash, $"Index {at} was acknowledged twice, with other content: a fork.");
                break;
            case ["checkpoint", var note]:
                _checkpoints.Add(Encoding.UTF8.GetString(Convert.FromBase64String(note)));
                break;
            default:
                End = line;
                break;
        }
    }

    /// <summary>Reads what a process still tells, and waits for its end.</summary>
    internal async Task AddRestAsync(Process process)
    {
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        foreach (var line in text.Split('\n')[..^1])
        {
            Add(line);
        }
    }

    /// <summary>Opens the log as after a crash, and checks that it has all that was acknowledged and is sound.</summary>
    internal void Verify(string path, EcdsaSigningKey key, bool allEntries)
    {
        string? anchor = null;
        using (var log = TransparencyLog.Open(LoadProcess.Options(path, key)))
        {
            foreach (var (index, hash) in allEntries ? _entries : _entries.Skip(_verified))
            {
                Assert.True(index < log.Size, $"Entry {index} was acknowledged, but the log has {log.Size} entries: it is lost.");
                Assert.Equal(hash, Provenance.Merkle.MerkleHash.Leaf(log.ReadBytes(index).Span).ToString());
            }

            var kept = log.Checkpoints().Select(c => c.Note).ToHashSet(StringComparer.Ordinal);
            Assert.All(_checkpoints, note => Assert.Contains(note, kept));
            anchor = _checkpoints.LastOrDefault();
            _verified = _entries.Count;
        }

        var report = LogVerifier.Verify(path, [new NoteVerifier(LogFixture.Origin, key.PublicKey)], anchor);
        Assert.True(report.IsSound, string.Join('\n', report.Findings));
    }
}
