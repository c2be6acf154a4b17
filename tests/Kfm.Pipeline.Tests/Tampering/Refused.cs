namespace Kfm.Pipeline.Tests.Tampering;

/// <summary>What every refusal must be like.</summary>
internal static class Refused
{
    /// <summary>Exit code 2, no positive word, and every finding has a rule, a file and a message.</summary>
    public static void Assert(VerifyResult result, string what, string? file = null, string? rule = null)
    {
        var text = $"{what}: {result}";
        Xunit.Assert.True(result.ExitCode == 2 && result.Result == "refused", text);
        Xunit.Assert.True(result.Effective == "unknown" && result.Json!["verdict"] is null, text);
        Xunit.Assert.True(result.Json!["findings"]!.AsArray().All(f => f!["rule"]!.ToString().Length > 0 && f["file"]!.ToString().Length > 0 && f["message"]!.ToString().Length > 0), text);
        Xunit.Assert.True(file is null || result.Files.Contains(file), text);
        Xunit.Assert.True(rule is null || result.Rules.Contains(rule), text);
    }
}
