namespace Kfm.Provenance.Evidence.Rules;

/// <summary>One rule that a document must meet.</summary>
internal abstract class ConsistencyRule
{
    public abstract string Id { get; }

    /// <summary>What breaks the rule and where.</summary>
    public abstract IEnumerable<(string Pointer, string Message)> Check(ConsistencyInput input);
}
