namespace Kfm.Benchmarks;

/// <summary>An area cannot be measured here.</summary>
public sealed class NotMeasuredException(string reason) : Exception(reason);
