using Evaluation.Web.Commands;

return await CommandLine.Invoke(args, Console.Out, Console.Error);
