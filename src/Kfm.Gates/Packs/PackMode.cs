namespace Kfm.Gates.Packs;

/// <summary>What the findings of a rule do.</summary>
public enum PackMode
{
    /// <summary>They deny.</summary>
    Enforce,

    /// <summary>They are told as reasons that begin with <c>warn:</c> and never deny.</summary>
    Warn,
}
