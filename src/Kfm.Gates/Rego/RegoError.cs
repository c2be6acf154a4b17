using System.Globalization;

namespace Kfm.Gates.Rego;

/// <summary>One error of a policy, with OPA's code and the place in the source.</summary>
/// <param name="Code">rego_parse_error, rego_compile_error, rego_unsafe_var_error, rego_recursion_error or rego_type_error.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Path">The path of the module; empty in a query.</param>
/// <param name="Row">The line, from 1.</param>
/// <param name="Col">The column in code points, from 1.</param>
public sealed record RegoError(string Code, string Message, string Path, int Row, int Col)
{
    /// <summary>Further lines, such as the types that do not fit; empty for none.</summary>
    public string Details { get; init; } = "";

    /// <summary>The error in the form <c>path:row: code: message</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Path}:{Row}: {Code}: {Message}");
}
