using System.Globalization;
using Kfm.Provenance;

namespace Kfm.Gates.Rego;

/// <summary>An evaluation was abandoned: a conflict, a builtin error in strict mode, a limit or a cancellation.</summary>
public sealed class RegoEvaluationException : KfmException
{
    internal const string Conflict = "eval_conflict_error";
    internal const string Limit = "eval_limit_error";
    internal const string Cancel = "eval_cancel_error";
    internal const string Builtin = "eval_builtin_error";
    internal const string Type = "eval_type_error";

    /// <summary>Creates the exception.</summary>
    /// <param name="code">The code, see <see cref="Code"/>.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="path">The path of the module; empty in a query.</param>
    /// <param name="row">The line, from 1.</param>
    /// <param name="col">The column, from 1.</param>
    public RegoEvaluationException(string code, string message, string path, int row, int col)
        : base(string.Create(CultureInfo.InvariantCulture, $"{path}:{row}: {code}: {message}"))
    {
        Code = code;
        Reason = message;
        Path = path;
        Row = row;
        Col = col;
    }

    /// <summary>eval_conflict_error, eval_type_error, eval_builtin_error, eval_limit_error or eval_cancel_error.</summary>
    public string Code { get; }

    /// <summary>What is wrong, without code and place.</summary>
    public string Reason { get; }

    /// <summary>The path of the module; empty in a query.</summary>
    public string Path { get; }

    /// <summary>The line, from 1; 0 when there is no place.</summary>
    public int Row { get; }

    /// <summary>The column in code points, from 1; 0 when there is no place.</summary>
    public int Col { get; }
}
