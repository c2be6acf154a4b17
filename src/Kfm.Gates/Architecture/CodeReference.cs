namespace Kfm.Gates.Architecture;

/// <summary>One piece of code uses another.</summary>
/// <param name="From">Who uses: the name of an assembly, or a namespace.</param>
/// <param name="To">What is used: a type with its namespace, a namespace, or the name of an assembly.</param>
/// <param name="Place">Where it was seen: the path of an assembly or of a source file.</param>
public readonly record struct CodeReference(string From, string To, string Place);
