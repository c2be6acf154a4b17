using Kfm.Provenance;

namespace Kfm.Agent.Codegen;

/// <summary>Checks what agent.json and replay files say of an answer beyond its patch.</summary>
internal static class AnswerMembers
{
    public static void Check(
        double? confidence, UsageDocument? usage, IReadOnlyList<AttemptDocument>? attempts, string pointer, Func<string, string, KfmException> error)
    {
        if (confidence is < 0 or > 1)
        {
            throw error("the confidence is a number from 0 to 1", pointer + "/confidence");
        }

        if (usage?.Fits() == false)
        {
            throw error("tokens are counted from 0 to 2^53 - 1", pointer + "/usage");
        }

        if (AttemptDocument.Unknown(attempts) is var at and >= 0)
        {
            throw error("an outcome is answered, error, timeout, low_confidence or egress_refused", $"{pointer}/attempts/{at}/outcome");
        }
    }
}
