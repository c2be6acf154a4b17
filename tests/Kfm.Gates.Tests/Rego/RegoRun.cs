using System.Text;
using Kfm.Gates.Rego;

namespace Kfm.Gates.Tests.Rego;

/// <summary>Short ways to evaluate one module.</summary>
internal static class RegoRun
{
    internal static string? Eval(string body, string query = "data.t.p", string? input = null, string? data = null, EvaluateOptions? options = null)
    {
        var policy = RegoEngine.Compile([new RegoModule("t.rego", "package t\n" + body)]);
        var used = (options ?? new EvaluateOptions()) with { Data = data is null ? null : (RegoObject)Json(data) };
        return policy.Prepare(query).Evaluate(input is null ? null : Json(input), used).Value?.ToString();
    }

    internal static RegoValue Json(string text) => RegoValue.Parse(Encoding.UTF8.GetBytes(text));

    internal static IReadOnlyList<RegoError> Errors(string body, RegoOptions? options = null) =>
        Assert.Throws<RegoCompileException>(() => RegoEngine.Compile([new RegoModule("t.rego", "package t\n" + body)], options)).Errors;
}
