namespace Kfm.Gates.Scanning;

/// <summary>A secret within a text, before it becomes a finding or a placeholder.</summary>
internal readonly record struct SecretSpan(string Rule, int Start, int Length)
{
    public int End => Start + Length;
}
