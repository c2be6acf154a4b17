namespace Kfm.Agent.Intents;

/// <summary>When a row of the table counts.</summary>
internal enum IntentRuleStrength
{
    /// <summary>A verb such as "fix" says less than its object: the row counts only where no other row fires.</summary>
    Weak,

    /// <summary>The words mean something else in a text about documents or settings, as "table" does: the row counts only in sentences where no row of the tier low fires.</summary>
    Contextual,

    /// <summary>The row always counts.</summary>
    Strong,
}
