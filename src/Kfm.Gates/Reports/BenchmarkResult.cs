namespace Kfm.Gates.Reports;

/// <summary>What a benchmark measured.</summary>
/// <param name="Name">The name, as the result file gives it.</param>
/// <param name="Nanoseconds">The mean of one operation; null where it was not measured.</param>
/// <param name="AllocatedBytes">What one operation allocates on the managed heap; null where it was not measured.</param>
public sealed record BenchmarkResult(string Name, double? Nanoseconds, double? AllocatedBytes);
