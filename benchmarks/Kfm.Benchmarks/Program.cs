using System.Globalization;
using BenchmarkDotNet.Running;
using Kfm.Benchmarks;
using Kfm.Benchmarks.Areas;

if (args is [NodeHashes.Command])
{
    Console.WriteLine(NodeHashes.Batch().ToString(CultureInfo.InvariantCulture));
    return 0;
}

if (args is [PostgresWriter.Verb, ..])
{
    return PostgresWriter.Run(args);
}

if (args is not ["quick", .. var areas])
{
    BenchmarkSwitcher.FromAssembly(typeof(Area).Assembly).Run(args);
    return 0;
}

return QuickRun.Run(areas);
