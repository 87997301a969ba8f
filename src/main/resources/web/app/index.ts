import './style/tokens.css';
import { Console } from './core/console.ts';
import { SluiceApp } from './ui/sl-app.ts';

const app = document.querySelector('sl-app');
if (app instanceof SluiceApp) {
  const console = new Console();
  app.console = console;
  console.start();
}
