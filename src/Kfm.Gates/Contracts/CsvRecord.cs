namespace Kfm.Gates.Contracts;

/// <summary>One record of a CSV file and the line where it begins.</summary>
internal readonly record struct CsvRecord(long Line, IReadOnlyList<string> Fields);
