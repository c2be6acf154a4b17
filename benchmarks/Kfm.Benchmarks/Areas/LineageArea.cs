using System.Diagnostics;
using System.Globalization;
using Kfm.Ledger;
using Kfm.Ledger.Entries;
using Kfm.Ledger.Erasure;
using Kfm.Ledger.Lineage;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Signing;
using Kfm.Testing;
using Microsoft.Data.Sqlite;

namespace Kfm.Benchmarks.Areas;

/// <summary>
/// The lineage of a million entries: from an incident to its intents in memory, and by recursive SQL over the same edges in the same run. Erasure of one person of a million entries.
/// </summary>
public sealed class LineageArea : Area
{
    private const int Nodes = 1_000_000;
    private const int Questions = 4000;
    private static readonly string[] Chain = ["intent", "design", "patch", "build", "qa", "decision", "approval", "deployment", "incident", "rollback"];

    /// <inheritdoc/>
    public override string Name => "lineage";

    /// <inheritdoc/>
    public override IEnumerable<Row> Measure()
    {
        using var folder = new TemporaryDirectory();
        var (graph, incidents) = Build();
        using var sql = Sql(folder.Combine("edges.db"), graph);
        var query = new LineageQuery(graph);
        var asked = Enumerable.Range(0, Questions).Select(i => incidents[(int)(i * 2_654_435_761L % incidents.Count)]).ToList();
        foreach (var incident in asked.Take(200))
        {
            Compare(query.Causes(incident), sql, incident);
        }

        var memory = Times(asked, incident => query.Causes(incident));
        var recursive = Times(asked, incident => Ancestors(sql, incident));
        yield return new("incident to intents, p50", memory.P50 * 1000, "us", recursive.P50 * 1000, "recursive SQL in SQLite, this run");
        yield return new("incident to intents, p99", memory.P99 * 1000, "us", recursive.P99 * 1000, "recursive SQL in SQLite, this run");
        var impact = Times(asked, incident => query.Impact(incident - 8));
        yield return new("what an intent touched, p50", impact.P50 * 1000, "us");
        yield return new("what an intent touched, p99", impact.P99 * 1000, "us");
        foreach (var row in Erase(folder))
        {
            yield return row;
        }
    }

    // Changes of ten entries each. A design and a patch also come from an earlier change, so that lineages grow into one another as they do in a repository.
    private static (LineageGraph Graph, List<long> Incidents) Build()
    {
        var (graph, incidents) = (new LineageGraph(), new List<long>());
        for (var index = 0; index < Nodes; index++)
        {
            var (change, step) = (index / Chain.Length, index % Chain.Length);
            graph.Add(index, Entry(change, step));
            if (step == 8 && change > 1000)
            {
                incidents.Add(index);
            }
        }

        return (graph, incidents);
    }

    private static LedgerEntry Entry(int change, int step)
    {
        var links = new List<LedgerLink>();
        if (step > 0)
        {
            links.Add(new LedgerLink(Chain[step - 1], Subject(change, step - 1)));
        }

        if (step == 2 && change > 10 && change % 10 < 4)
        {
            links.Add(new LedgerLink("patch", Subject(change - 1 - (change % 7), 2)));
        }

        return new LedgerEntry
        {
            Kind = step switch { < 6 => (LedgerEntryKind)step, 6 => LedgerEntryKind.Approval, 7 => LedgerEntryKind.Deployment, 8 => LedgerEntryKind.Incident, _ => LedgerEntryKind.Rollback },
            TraceId = new Guid(change, 0, 0, new byte[8]),
            Repository = "https://git.example/repo",
            Subject = Subject(change, step),
            Links = links,
            Time = DateTimeOffset.UnixEpoch.AddSeconds(change),
        };
    }

    private static Digest Subject(int change, int step) => Digest.Of(BitConverter.GetBytes(((long)change << 8) | (uint)step));

    private static SqliteConnection Sql(string path, LineageGraph graph)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Run(connection, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; CREATE TABLE nodes (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL); "
            + "CREATE TABLE edges (effect INTEGER NOT NULL, cause INTEGER NOT NULL, PRIMARY KEY (effect, cause)) WITHOUT ROWID");
        using (var transaction = connection.BeginTransaction())
        {
            using var node = Prepared(connection, "INSERT INTO nodes VALUES ($a, $b)");
            using var edge = Prepared(connection, "INSERT INTO edges VALUES ($a, $b)");
            var (query, near) = (new LineageQuery(graph), new LineageReach { Depth = 1 });
            for (var index = 0L; index < graph.Size; index++)
            {
                Set(node, index, index % Chain.Length);
                foreach (var found in query.Walk(index, LineageDirection.Upstream, near).Edges.Where(e => e.Effect == index))
                {
                    Set(edge, index, found.Cause);
                }
            }

            transaction.Commit();
        }

        Run(connection, "PRAGMA mmap_size = 1073741824; PRAGMA cache_size = -262144; ANALYZE");
        return connection;
    }

    private static List<long> Ancestors(SqliteConnection sql, long incident)
    {
        var command = _ancestors ??= Prepared(sql, """
            WITH RECURSIVE up (id, depth) AS (
                SELECT $a, 0 UNION SELECT e.cause, u.depth + 1 FROM up u JOIN edges e ON e.effect = u.id WHERE u.depth < 20)
            SELECT DISTINCT up.id FROM up JOIN nodes n ON n.id = up.id WHERE n.kind = $b
            """);
        command.Parameters[0].Value = incident;
        command.Parameters[1].Value = 0;
        var intents = new List<long>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            intents.Add(reader.GetInt64(0));
        }

        return intents;
    }

    [ThreadStatic]
    private static SqliteCommand? _ancestors;

    private static void Compare(IReadOnlyList<LineagePath> paths, SqliteConnection sql, long incident)
    {
        if (!paths.Select(p => p.Nodes[0].Index).Order().SequenceEqual(Ancestors(sql, incident).Order()))
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The two do not agree on incident {incident}."));
        }
    }

    private static (double P50, double P99) Times<T>(List<long> asked, Func<long, T> ask)
    {
        foreach (var one in asked)
        {
            ask(one);
        }

        var times = new double[asked.Count];
        for (var i = 0; i < times.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            ask(asked[i]);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return (times[times.Length / 2], times[times.Length * 99 / 100]);
    }

    private static IEnumerable<Row> Erase(TemporaryDirectory folder)
    {
        using var key = EcdsaSigningKey.Create();
        using var log = TransparencyLog.Open(new LogOptions { Path = folder.Combine("log.db"), Origin = "log.example/erase", Signer = key, TimeProvider = TimeProvider.System });
        using var keys = SubjectKeyStore.Open(new SubjectKeyOptions { Path = folder.Combine("keys.db"), MasterKey = new byte[32] }, log);
        for (var done = 0; done < Nodes;)
        {
            var batch = new List<LedgerEntry>(20_000);
            for (var i = 0; i < 20_000; i++, done++)
            {
                // One entry in a thousand names a person; a thousand persons in all.
                var entry = Entry(done / Chain.Length, done % Chain.Length);
                batch.Add(done % 1000 == 0 ? keys.Seal(entry, new PersonalField("name", $"person:{done / 1000}", "A name and an address")) : entry);
            }

            log.Append(batch);
        }

        var times = Enumerable.Range(10, 9).Select(person =>
        {
            var start = Stopwatch.GetTimestamp();
            var outcome = SubjectErasure.Erase(log, keys, new ErasureRequest($"person:{person}", "privacy-office", "consent revoked"), "https://git.example/repo", DateTimeOffset.UnixEpoch);
            return outcome.Status == ErasureStatus.Erased ? Stopwatch.GetElapsedTime(start).TotalMilliseconds : throw new InvalidOperationException($"{outcome}");
        }).Order().ToList();
        yield return new("erase a person of 1,000,000 entries, median", times[times.Count / 2], "ms", 1000, "the target");
        yield return new("erase a person of 1,000,000 entries, longest of 9", times[^1], "ms", 1000, "the target");
    }

    private static SqliteCommand Prepared(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.Add(new SqliteParameter { ParameterName = "$a" });
        command.Parameters.Add(new SqliteParameter { ParameterName = "$b" });
        return command;
    }

    private static void Set(SqliteCommand command, long a, long b)
    {
        command.Parameters[0].Value = a;
        command.Parameters[1].Value = b;
        command.ExecuteNonQuery();
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
