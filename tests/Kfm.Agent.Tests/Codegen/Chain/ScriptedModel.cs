using Kfm.Agent.Codegen;

namespace Kfm.Agent.Tests.Codegen.Chain;

/// <summary>A model that does as it is told, and counts how often it is asked.</summary>
internal sealed class ScriptedModel(Func<CancellationToken, Task<CodegenResponse>> answer) : ICodegenModel
{
    public const string Patch = "diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-x\n+y\n";

    public int Calls { get; private set; }

    public static ScriptedModel Sure(double? confidence, string version = "v") => new(_ => Task.FromResult(new CodegenResponse(Patch, version) { Confidence = confidence }));

    public static ScriptedModel Failing(Exception exception) => new(_ => Task.FromException<CodegenResponse>(exception));

    public static ScriptedModel Hanging() => new(async token =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, token);
        throw new InvalidOperationException();
    });

    public Task<CodegenResponse> CompleteAsync(CodegenRequest request, CancellationToken cancellationToken)
    {
        Calls++;
        return answer(cancellationToken);
    }
}
