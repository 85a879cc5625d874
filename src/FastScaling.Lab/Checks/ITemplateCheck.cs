namespace FastScaling.Lab.Checks;

/// <summary>Looks for one kind of fault.</summary>
internal interface ITemplateCheck
{
    IEnumerable<Finding> Run(CheckContext context);
}
