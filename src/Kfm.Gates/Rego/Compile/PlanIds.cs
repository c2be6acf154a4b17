namespace Kfm.Gates.Rego.Compile;

/// <summary>Hands out places in the tables that every evaluation has.</summary>
internal sealed class PlanIds
{
    private int _memos;

    /// <summary>How many documents there are.</summary>
    internal int Documents { get; private set; }

    internal int Document() => Documents++;

    /// <summary>A place for what an evaluation keeps.</summary>
    internal int Memo() => _memos++;

    /// <summary>The ids of a query: it goes on where the policy ends, and queries do not count each other.</summary>
    internal PlanIds Copy() => new() { Documents = Documents, _memos = _memos };
}
