using BenchmarkDotNet.Running;
using Kfm.Benchmarks;

if (args is not ["quick", .. var areas])
{
    BenchmarkSwitcher.FromAssembly(typeof(Area).Assembly).Run(args);
    return 0;
}

return QuickRun.Run(areas);
