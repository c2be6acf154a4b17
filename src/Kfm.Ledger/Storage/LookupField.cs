namespace Kfm.Ledger.Storage;

/// <summary>By what entries are found. The numbers stand in the store.</summary>
internal enum LookupField
{
    Kind = 1,
    Trace = 2,
    Subject = 3,
}
