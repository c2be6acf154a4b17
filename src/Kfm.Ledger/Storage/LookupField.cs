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

    /// <summary>By the pseudonym of a person about whom it has a sealed field, <c>sha256:</c> and 64 digits.</summary>
    Person = 4,

    /// <summary>By what it came from: the kind and the subject of the cause, such as <c>deployment:</c> and 64 digits. The edges of the lineage.</summary>
    Cause = 5,
}
