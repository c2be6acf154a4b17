namespace Kfm.Ledger.Storage;

/// <summary>By what typed entries are found. The numbers stand in the store.</summary>
public enum LookupField
{
    /// <summary>By the name of the kind, such as <c>build</c>.</summary>
    Kind = 1,

    /// <summary>By the trace id, a UUID in lower case.</summary>
    Trace = 2,

    /// <summary>By the subject, <c>sha256:</c> and 64 digits.</summary>
    Subject = 3,
}
