namespace Kfm.Gates.Rego.Syntax;

/// <summary>Leaves the parser of one module with its errors; the compiler gathers them.</summary>
internal sealed class RegoSyntaxException(IReadOnlyList<RegoError> errors) : Exception(errors.Count == 0 ? "illegal token" : errors[0].Message)
{
    internal IReadOnlyList<RegoError> Errors { get; } = errors;

    /// <summary>A limit was reached: no other reading of the source is tried.</summary>
    internal bool IsLimit { get; init; }
}
