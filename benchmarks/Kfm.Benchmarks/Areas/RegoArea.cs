using System.Diagnostics;
using Kfm.Gates.Rego;

namespace Kfm.Benchmarks.Areas;

/// <summary>Three policies: roles (rbac), a bill of materials (sbom), joins and comprehensions (compr).</summary>
public sealed class RegoArea : Area
{
    private const string Recorded = "recorded 2026-11-21";

    /// <inheritdoc/>
    public override string Name => "rego";

    /// <inheritdoc/>
    public override IEnumerable<Row> Measure()
    {
        var folder = Inputs("rego");
        var rbac = RegoCase.Read(folder, "rbac", "data.app.rbac.allow");
        var sbom = RegoCase.Read(folder, "sbom", "data.kfm.supplychain.deny");
        var compr = RegoCase.Read(folder, "compr", "data.compr.report");
        RegoCase[] cases = [rbac, sbom, compr];
        foreach (var one in cases)
        {
            one.Check();
        }

        // The many policies come last: what they make of the just-in-time compiler's choices would show in the other rows.
        return Times(rbac, sbom, compr).Concat(GatekeeperTests.Measure(folder)).Concat(ConformaTests.Measure(folder));
    }

    private static IEnumerable<Row> Times(RegoCase rbac, RegoCase sbom, RegoCase compr)
    {
        var roles = Measurement.Of(() => rbac.Evaluate());
        yield return Microseconds("rbac, parsed input", roles, 31.8, "regorus RVM");
        yield return Microseconds("rbac, parsed input", roles, 77, "OPA 1.14.1");
        yield return Microseconds("rbac with JSON", Measurement.Of(() => rbac.EvaluateJson()), 47, "regorus");
        yield return Bytes("rbac, allocated", roles, 15_600, "OPA 1.14.1");

        var bill = Measurement.Of(() => sbom.Evaluate());
        yield return Microseconds("sbom, parsed input", bill, 4_180, "regorus RVM");
        yield return Microseconds("sbom, parsed input", bill, 5_780, "OPA 1.14.1");
        yield return Microseconds("sbom with JSON", Measurement.Of(() => sbom.EvaluateJson()), 6_360, "regorus");
        yield return Bytes("sbom, allocated", bill, 994_000, "OPA 1.14.1");

        var joins = Measurement.Of(() => compr.Evaluate());
        yield return Microseconds("compr, parsed input", joins, 29_900, "wasm on node");
        yield return Microseconds("compr, parsed input", joins, 62_400, "OPA 1.14.1");
        yield return Bytes("compr, allocated", joins, 9_805_000, "OPA 1.14.1");

        var compile = Measurement.Of(() => sbom.Compile());
        yield return new("sbom compile, warm", compile.Nanoseconds / 1e6, "ms", 2.8, "OPA 1.14.1, " + Recorded);
        yield return Scaling("rbac, 4 threads", rbac);
        yield return Scaling("sbom, 4 threads", sbom);
    }

    private static Row Microseconds(string name, Measurement one, double baseline, string peer) =>
        new(name, one.Nanoseconds / 1e3, "us", baseline, $"{peer}, {Recorded}");

    private static Row Bytes(string name, Measurement one, double baseline, string peer) =>
        new(name, one.AllocatedBytes, "B/op", baseline, $"{peer}, {Recorded}");

    /// <summary>How many times as much four threads do on one prepared query as one thread does: the median of rounds that alternate.</summary>
    private static Row Scaling(string name, RegoCase one)
    {
        const int threads = 4;
        if (Environment.ProcessorCount < threads)
        {
            return new($"{name}: not measured, fewer than 4 cores", 0, "x");
        }

        var ratios = new double[7];
        for (var round = 0; round < ratios.Length; round++)
        {
            ratios[round] = Throughput(one, threads) / Throughput(one, 1);
        }

        return new(name, ratios.Order().ElementAt(ratios.Length / 2), "x", 0.8, "regorus, its own table, recorded 2026-11-21");
    }

    private static double Throughput(RegoCase one, int threads)
    {
        var time = TimeSpan.FromMilliseconds(150);
        var counts = new long[threads];
        var workers = Enumerable.Range(0, threads).Select(n => new Thread(() =>
        {
            var count = 0L;
            for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < time; count++)
            {
                one.Evaluate();
            }

            counts[n] = count;
        })).ToList();
        workers.ForEach(w => w.Start());
        workers.ForEach(w => w.Join());
        return counts.Sum();
    }
}
