namespace Kfm.Agent.Configuration;

/// <summary>How far a text may go, from the least to the most restricted.</summary>
public enum DataClass
{
    /// <summary>For everybody.</summary>
    Public,

    /// <summary>For the house.</summary>
    Internal,

    /// <summary>For those who need it.</summary>
    Confidential,

    /// <summary>For those who are named.</summary>
    Restricted,
}
