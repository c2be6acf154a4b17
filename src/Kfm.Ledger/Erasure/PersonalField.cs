namespace Kfm.Ledger.Erasure;

/// <summary>A personal fact to seal into an entry.</summary>
/// <param name="Name">The name of the field; not empty, one of its name in an entry.</param>
/// <param name="SubjectId">Who it is about, such as <c>person:ada</c>; not empty. Only a pseudonym of it is written.</param>
/// <param name="Text">The fact.</param>
public sealed record PersonalField(string Name, string SubjectId, string Text);
